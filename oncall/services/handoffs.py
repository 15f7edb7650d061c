"""Handoff notes: what one shift tells the next."""

from datetime import datetime

from django.db import transaction

from oncall.models import HandoffNote, Schedule
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid


@transaction.atomic
def write(*, actor: Actor, schedule: Schedule, text: str, now: datetime) -> HandoffNote:
    """Adds a note of a person; notes are never changed."""
    if actor.user_id is None:
        raise Invalid(fields={"text": ["A person signs a handoff note; this token belongs to none."]})
    note = HandoffNote.objects.create(schedule=schedule, author_id=actor.user_id, text=text.strip(), created_at=now)
    audit.record(actor=actor, action="handoff.written", target=schedule, after={"text": note.text}, now=now)
    return note
