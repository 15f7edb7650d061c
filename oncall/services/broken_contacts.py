"""Who hears of a contact that does not work, before it is needed: its owner first, then the managers of their teams.

The owner is told by mail and by another contact of theirs that works, in their daytime and outside their quiet hours:
nobody is woken by it. The managers are told a day later if it is still broken, or at once where there is no other way;
where the owner is the only one, the administrators are.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from oncall.clients import channels
from oncall.domain import daytime
from oncall.models import ContactMethod, ContactPoint, DutyNotice
from oncall.selectors import targets
from oncall.services import contact_health, trials
from portal.accounts.models import User
from portal.accounts.selectors import people

SETTLED = timedelta(minutes=15)
"""Younger problems may be between two tries of one page."""

PATIENCE = timedelta(days=1)


def tell_due(*, now: datetime) -> int:
    """Tells of each broken contact and contact point once a week; says how many there are."""
    found = ContactMethod.objects.filter(verified_at__isnull=False, user__is_active=True, checked_at__lte=now - SETTLED)
    broken = list(found.exclude(problem="").select_related("user"))
    for contact in broken:
        if _may_be_told(contact.user, now):
            _tell(contact, now)
    points = ContactPoint.objects.filter(disabled_at=None, checked_at__lte=now - SETTLED).exclude(problem="")
    rooms = list(points.select_related("team"))
    for point in rooms:
        _tell_of_point(point, now)
    return len(broken) + len(rooms)


def _may_be_told(user: User, now: datetime) -> bool:
    return daytime.is_daytime(user.time_zone, now) and targets.earliest_for(user, "warning", now) == now


def _tell(contact: ContactMethod, now: datetime) -> None:
    label, url = channels.label_of(contact.kind), f"{settings.PORTAL_BASE_URL}{reverse('contact_list')}"
    key = f"contact-broken:{contact.pk}:{now:%G-%V}"
    subject = f"Mend a contact: {label} does not work"
    text = f"Pages would not reach you at {contact.address} ({label}): {contact.problem}\n\nMend or remove it: {url}\n"
    told_at, is_new = _notice(contact.user, key, subject, text, now)
    is_heard = _say_elsewhere(contact, subject, text, now) if is_new else True
    if not is_heard or now - told_at >= PATIENCE:
        _tell_managers(contact, key, now)


def _say_elsewhere(contact: ContactMethod, subject: str, text: str, now: datetime) -> bool:
    """Whether another way of the same person took it."""
    others = ContactMethod.objects.filter(user=contact.user, verified_at__isnull=False, problem="")
    for other in others.exclude(pk=contact.pk).order_by("position", "pk"):
        tried = trials.say(other, subject=subject, text=text, short=f"{subject}. See your settings in the portal.")
        contact_health.note_contact(other.pk, word=tried.word, answer=tried.answer, now=now)
        if not tried.problem:
            return True
    return False


def _tell_managers(contact: ContactMethod, key: str, now: datetime) -> None:
    label = channels.label_of(contact.kind)
    text = f"{contact.user} cannot be paged by {label}: {contact.problem}\n\nThey have been told as well.\n"
    teams = contact.user.memberships.values_list("team_id", flat=True)
    managers = {user.pk: user for team_id in teams for user in contact_health.managers_of(team_id)}
    managers.pop(contact.user_id, None)
    for user in managers.values() or people.administrators().exclude(pk=contact.user_id):
        _notice(user, f"{key}:{user.pk}", f"Know this: {contact.user} is hard to reach", text, now)


def _tell_of_point(point: ContactPoint, now: datetime) -> None:
    url = f"{settings.PORTAL_BASE_URL}{reverse('contact_point_detail', args=[point.public_id])}"
    text = f"Pages would not arrive at {point.name} of {point.team}: {point.problem}\n\nMend or remove it: {url}\n"
    for user in contact_health.managers_of(point.team_id):
        key = f"point-broken:{point.pk}:{now:%G-%V}:{user.pk}"
        _notice(user, key, f"Mend {point.name}: it does not work", text, now)


def _notice(user: User, key: str, subject: str, text: str, now: datetime) -> tuple[datetime, bool]:
    """When it was told, and whether that is now."""
    facts = {"user": user, "subject": subject[:200], "body": text, "due_at": now, "created_at": now}
    notice, is_new = DutyNotice.objects.get_or_create(key=key, defaults=facts)
    return notice.created_at, is_new
