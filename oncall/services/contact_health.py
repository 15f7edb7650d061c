"""How contacts and contact points fare: what failed last is shown, and a room that keeps failing is switched off.

Persons' contacts are never switched off: a page that cannot reach them goes on to their next way.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from oncall.models import ContactMethod, ContactPoint, DutyNotice, Page
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.services import audit
from portal.lib.errors import Conflict

TOO_MANY = 5
BETWEEN_TRIALS = timedelta(seconds=10)
PROBLEM = 300
PAGER = Actor.system("pager")


def note(page: Page, *, word: str, answer: str, now: datetime) -> None:
    """Remembers how the last try to reach a contact or a room ended."""
    if page.contact_id is not None:
        note_contact(page.contact_id, word=word, answer=answer, now=now)
    elif page.contact_point_id is not None:
        note_point(page.contact_point_id, word=word, answer=answer, now=now)


def refuse_haste(owner: ContactMethod | ContactPoint, now: datetime) -> None:
    """Conflict where something was sent or checked there a moment ago: messages cost money, and rooms have readers."""
    if owner.checked_at is not None and now - owner.checked_at < BETWEEN_TRIALS:
        raise Conflict(f"Something went there a moment ago; wait {BETWEEN_TRIALS.seconds} seconds.")


def note_contact(pk: int, *, word: str, answer: str, now: datetime) -> None:
    """A success clears the problem; a failure is counted and shown."""
    rows = ContactMethod.objects.filter(pk=pk)
    if word == "sent":
        rows.update(failures=0, problem="", last_sent_at=now, checked_at=now)
    else:
        rows.update(failures=F("failures") + 1, problem=answer[:PROBLEM], checked_at=now)


@transaction.atomic
def note_point(pk: int, *, word: str, answer: str, now: datetime) -> None:
    """Like a contact's; after five failures in a row the room is switched off and the managers hear of it."""
    point = ContactPoint.objects.select_for_update(of=("self",)).select_related("team").filter(pk=pk).first()
    if point is None:
        return
    if word == "sent":
        point.failures, point.problem, point.last_sent_at = 0, "", now
    else:
        point.failures, point.problem = point.failures + 1, answer[:PROBLEM]
    point.checked_at = now
    is_over = point.failures >= TOO_MANY and point.disabled_at is None
    if is_over:
        point.disabled_at = now
    point.save(update_fields=["failures", "problem", "last_sent_at", "checked_at", "disabled_at"])
    if is_over:
        audit.record(actor=PAGER, action="contact_point.disabled", target=point, after={"problem": answer}, now=now)
        _tell_managers(point, now)


def _tell_managers(point: ContactPoint, now: datetime) -> None:
    url = f"{settings.PORTAL_BASE_URL}{reverse('contact_point_detail', args=[point.public_id])}"
    text = (
        f"{TOO_MANY} pages in a row did not reach {point.name} ({point.kind}) of {point.team}, so it is switched off."
        f" Steps of policies that name it reach nobody there.\n\nThe last answer: {point.problem}\n\nMend it: {url}\n"
    )
    rows = [
        DutyNotice(
            user=user,
            key=f"contact-point:{point.pk}:{now:%Y%m%d%H%M%S}:{user.pk}",
            subject=f"Mend {point.name}: it is switched off"[:200],
            body=text,
            due_at=now,
            created_at=now,
        )
        for user in managers_of(point.team_id)
    ]
    DutyNotice.objects.bulk_create(rows, ignore_conflicts=True)


def managers_of(team_id: int) -> list[User]:
    """The active managers of a team, or the administrators where it has none."""
    found = people.team_members(team_id).filter(memberships__team_id=team_id, memberships__role=Role.MANAGER)
    return list(found.distinct()) or list(people.administrators())
