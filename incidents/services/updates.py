"""Updates to stakeholders and to the public, each with the time of the next, and reminders of late ones."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from incidents.domain import updates
from incidents.domain.entries import Kind
from incidents.exceptions import WrongState
from incidents.models import Incident, RoleSpan, Update, UpdateReminder
from incidents.services import access, incidents, timeline
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.services import audit, mails
from portal.lib.errors import Invalid

LATEST = timedelta(hours=24)


@transaction.atomic
def post_update(
    *,
    actor: Actor,
    incident: Incident,
    text: str,
    now: datetime,
    audience: str = updates.INTERNAL,
    next_due_at: datetime | None = None,
    status: str = "",
) -> Update:
    """Tells stakeholders what is known, with the time of the next update: 30 minutes later, 20 towards customers.

    `status` moves the incident along in the same step. An update of a resolved incident promises no other.
    """
    locked = access.lock(actor, incident)
    _check(locked, text=text, audience=audience, next_due_at=next_due_at, now=now)
    if status and status != locked.status:
        locked = incidents.change_status(actor=actor, incident=locked, status=status, now=now)
    return write(actor=actor, incident=locked, text=text, audience=audience, next_due_at=next_due_at, now=now)


def write(
    *,
    actor: Actor,
    incident: Incident,
    text: str,
    audience: str,
    now: datetime,
    next_due_at: datetime | None = None,
) -> Update:
    """Stores an update of a locked incident, with its entry, its promise and its audit."""
    due = None
    if incident.is_open:
        due = updates.next_due_at(
            is_public=audience == updates.PUBLIC, declared_at=incident.declared_at, now=now, given=next_due_at
        )
    update = Update.objects.create(
        incident=incident,
        at=now,
        audience=audience,
        status=incident.status,
        text=text.strip(),
        next_due_at=due,
        author=actor.label[:160],
        user_id=actor.user_id,
    )
    incident.next_update_due_at = due
    access.save(incident, "next_update_due_at")
    words = f"{audience.capitalize()} update: {update.text}"
    timeline.add_own(actor=actor, incident=incident, kind=Kind.UPDATE, text=words, now=now)
    audit.record(
        actor=actor,
        action="incident.update_posted",
        target=incident,
        after={"audience": audience, "text": update.text},
        now=now,
    )
    return update


@transaction.atomic
def snooze(*, actor: Actor, incident: Incident, until: datetime, reason: str, now: datetime) -> Incident:
    """Moves the next update to `until`, with a reason that stands on the timeline."""
    locked = access.lock(actor, incident)
    if not reason.strip():
        raise Invalid(fields={"reason": ["Say why there is no update."]})
    _check_due(until, now)
    before = locked.next_update_due_at
    locked.next_update_due_at = until
    access.save(locked, "next_update_due_at")
    text = f"Next update moved to {until:%H:%M} UTC: {reason.strip()}"
    timeline.add_own(actor=actor, incident=locked, kind=Kind.UPDATE, text=text, now=now)
    audit.record(
        actor=actor,
        action="incident.update_snoozed",
        target=locked,
        before={"due": before},
        after={"due": until, "reason": reason},
        now=now,
    )
    return locked


def remind_updates_due(*, now: datetime) -> int:
    """Mails the commander of each incident whose update is late, twice per due time; says how many mails it queued.

    The reminder is a unique row written together with the mail: ticks that overlap or repeat send nothing twice.
    """
    late = Incident.objects.open().filter(next_update_due_at__lte=now).order_by("pk")
    return sum(_remind(incident, now) for incident in late)


@transaction.atomic
def _remind(incident: Incident, now: datetime) -> int:
    due_at = incident.next_update_due_at
    if due_at is None:
        return 0
    sent = UpdateReminder.objects.filter(incident=incident, due_at=due_at).count()
    if not updates.reminders_due(due_at=due_at, sent=sent, now=now):
        return 0
    _, made = UpdateReminder.objects.get_or_create(
        incident=incident, due_at=due_at, number=sent + 1, defaults={"reminded_at": now}
    )
    recipient = _responsible(incident)
    if not made or recipient is None:
        return 0
    mails.queue(
        to=recipient,
        subject=f"Post an update on INC-{incident.number}",
        text=(
            f"The update on {incident} was due at {due_at:%H:%M} UTC.\n\n"
            f"{settings.PORTAL_BASE_URL}/incidents/{incident.public_id}/update/\n"
        ),
        now=now,
    )
    return 1


def _responsible(incident: Incident) -> str | None:
    span = RoleSpan.objects.select_related("user").filter(incident=incident, role="commander", ended_at=None).first()
    if span is not None:
        return span.user.email
    first = people.team_members(incident.team_id).first()
    return first.email if first is not None else None


def _check(incident: Incident, *, text: str, audience: str, next_due_at: datetime | None, now: datetime) -> None:
    if incident.closed_at is not None:
        raise WrongState("The incident is closed.")
    problems = {}
    if not text.strip():
        problems["text"] = ["Write what is known, even when nothing changed."]
    if audience not in (updates.INTERNAL, updates.PUBLIC):
        problems["audience"] = ["Choose internal or public."]
    elif audience == updates.PUBLIC and not incident.is_public:
        problems["audience"] = ["This incident is not on the status page; make it public first."]
    if problems:
        raise Invalid(fields=problems)
    if next_due_at is not None:
        _check_due(next_due_at, now, "next_due_at")


def _check_due(due: datetime, now: datetime, field: str = "until") -> None:
    if not now < due <= now + LATEST:
        raise Invalid(fields={field: ["Choose a time within the next 24 hours."]})
