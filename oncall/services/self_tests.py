"""The weekly self-test of contacts: what delivered nothing for a week is checked before it is needed.

Where a provider can be asked without sending anything, it is; else the person is asked whether it is still theirs.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from oncall.clients import channels
from oncall.clients.pushover import PushoverChannel
from oncall.clients.telegram import TelegramChannel
from oncall.exceptions import DeliveryError
from oncall.models import ContactMethod, DutyNotice
from oncall.services import contact_health
from portal.accounts.models import User

WEEK = timedelta(days=7)
ASK_AGAIN = timedelta(days=90)
BATCH = 50


def check_contacts_due(*, now: datetime, limit: int = BATCH) -> int:
    """Looks at contacts that nothing was heard of for a week, the longest first; says how many."""
    quiet = Q(checked_at=None) | Q(checked_at__lte=now - WEEK)
    found = ContactMethod.objects.filter(quiet, verified_at__lte=now - WEEK, user__is_active=True)
    contacts = list(found.select_related("user").order_by("checked_at", "pk")[:limit])
    for contact in contacts:
        _check(contact, now)
    return len(contacts)


def problem_of(contact: ContactMethod) -> str | None:
    """What is wrong, or nothing; None where nobody can be asked quietly."""
    channel = channels.CHANNELS.get(contact.kind)
    if channel is None:
        return "There is no such channel any more."
    if wrong := channel.check_address(contact.address):
        return wrong
    if isinstance(channel, PushoverChannel):
        return channel.check_person(contact.address)
    return channel.check() if isinstance(channel, TelegramChannel) else None


def _check(contact: ContactMethod, now: datetime) -> None:
    try:
        problem = problem_of(contact)
    except DeliveryError as error:
        problem = error.reason
    if problem is None:
        ContactMethod.objects.filter(pk=contact.pk).update(checked_at=now)
        _ask_whether_it_is_still_theirs(contact, now)
        return
    known = contact.problem
    ContactMethod.objects.filter(pk=contact.pk).update(checked_at=now, problem=problem[: contact_health.PROBLEM])
    if problem and problem != known:
        _tell(contact, problem, now)


def _ask_whether_it_is_still_theirs(contact: ContactMethod, now: datetime) -> None:
    last = contact.last_sent_at or contact.verified_at
    if last is None or now - last < ASK_AGAIN:
        return
    quarter = f"{now.year}-{(now.month + 2) // 3}"
    text = (
        f"Nothing was sent to {contact.address} ({channels.label_of(contact.kind)}) for three months."
        f" Is it still yours? Try it, or remove it: {_url()}\n"
    )
    _notice(contact.user, f"still-yours:{contact.pk}:{quarter}", "Check a contact: is it still yours?", text, now)


def _tell(contact: ContactMethod, problem: str, now: datetime) -> None:
    """The person, and the managers of their teams."""
    label = channels.label_of(contact.kind)
    key = f"contact-broken:{contact.pk}:{now:%Y-%W}"
    text = f"Pages would not reach you at {contact.address} ({label}): {problem}\n\nMend or remove it: {_url()}\n"
    _notice(contact.user, key, f"Mend a contact: {label} does not work", text, now)
    told = f"{contact.user} could not be paged by {label}: {problem}\n\nThey have been told as well.\n"
    managers = {user.pk: user for team_id in _teams(contact.user) for user in contact_health.managers_of(team_id)}
    for user in managers.values():
        if user.pk != contact.user_id:
            _notice(user, f"{key}:{user.pk}", f"Know this: {contact.user} is hard to reach", told, now)


def _teams(user: User) -> list[int]:
    return list(user.memberships.values_list("team_id", flat=True))


def _notice(user: User, key: str, subject: str, text: str, now: datetime) -> None:
    facts = {"user": user, "subject": subject[:200], "body": text, "due_at": now, "created_at": now}
    DutyNotice.objects.get_or_create(key=key, defaults=facts)


def _url() -> str:
    return f"{settings.PORTAL_BASE_URL}{reverse('contact_list')}"
