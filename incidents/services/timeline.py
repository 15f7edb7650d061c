"""The timeline: facts are added, never changed. A fact that is there already is left alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from incidents.domain.entries import OWN, PEOPLE, Kind
from incidents.models import Incident, TimelineEntry, TimelineStar
from incidents.services import access
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from portal.lib.ids import new_id

SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sweep found: `source_id` is its stable key within `source`."""

    at: datetime
    kind: Kind
    source: str
    source_id: str
    text: str
    author: str
    evidence_url: str = ""


def add_facts(*, incident: Incident, facts: Iterable[Fact], now: datetime) -> None:
    """Appends the facts that the timeline does not have yet; (source, source_id) makes repeats harmless."""
    rows = [
        TimelineEntry(
            incident=incident,
            at=fact.at,
            recorded_at=now,
            kind=fact.kind,
            source=fact.source,
            source_id=fact.source_id,
            text=fact.text[:4000],
            author=fact.author[:160],
            evidence_url=fact.evidence_url[:500],
        )
        for fact in facts
    ]
    TimelineEntry.objects.bulk_create(rows, ignore_conflicts=True)


def add_own(*, actor: Actor, incident: Incident, kind: Kind, text: str, now: datetime) -> TimelineEntry:
    """Appends what a service of this app just did, in its transaction."""
    return TimelineEntry.objects.create(
        incident=incident,
        at=now,
        recorded_at=now,
        kind=kind,
        source=OWN,
        source_id=new_id("own"),
        text=text[:4000],
        author=actor.label[:160],
        user_id=actor.user_id,
    )


@transaction.atomic
def add_note(
    *, actor: Actor, incident: Incident, text: str, now: datetime, at: datetime | None = None, evidence_url: str = ""
) -> TimelineEntry:
    """Appends what a person saw or did, at `at` or now; an instant in the future is refused."""
    locked = access.lock(actor, incident)
    entry = _write(actor, locked, Kind.NOTE, text=text, at=_past(at, now), now=now, evidence_url=evidence_url)
    audit.record(actor=actor, action="incident.note_added", target=locked, after={"note": text}, now=now)
    return entry


@transaction.atomic
def correct(
    *, actor: Actor, entry: TimelineEntry, text: str, now: datetime, at: datetime | None = None
) -> TimelineEntry:
    """Appends an entry that corrects `entry`, which stays as it is; the time is that of the old one unless given."""
    locked = access.lock(actor, entry.incident)
    made = _write(
        actor, locked, Kind.CORRECTION, text=text, at=_past(at or entry.at, now), now=now, corrects_id=entry.pk
    )
    audit.record(
        actor=actor,
        action="incident.entry_corrected",
        target=locked,
        before={"entry": entry.text},
        after={"entry": text},
        now=now,
    )
    return made


@transaction.atomic
def star(*, actor: Actor, entry: TimelineEntry, starred: bool, now: datetime) -> None:
    """Marks an entry for the postmortem, or takes the mark away; doing it twice changes nothing."""
    locked = access.lock(actor, entry.incident)
    if starred:
        TimelineStar.objects.get_or_create(entry=entry, defaults={"user_id": actor.user_id, "starred_at": now})
    else:
        TimelineStar.objects.filter(entry=entry).delete()
    action = "incident.entry_starred" if starred else "incident.entry_unstarred"
    audit.record(actor=actor, action=action, target=locked, after={"entry": entry.public_id}, now=now)


def _write(
    actor: Actor,
    incident: Incident,
    kind: Kind,
    *,
    text: str,
    at: datetime,
    now: datetime,
    evidence_url: str = "",
    corrects_id: int | None = None,
) -> TimelineEntry:
    if not text.strip():
        raise Invalid(fields={"text": ["Write something."]})
    return TimelineEntry.objects.create(
        incident=incident,
        at=at,
        recorded_at=now,
        kind=kind,
        source=PEOPLE,
        source_id=new_id("own"),
        text=text.strip(),
        evidence_url=evidence_url,
        author=actor.label[:160],
        user_id=actor.user_id,
        corrects_id=corrects_id,
    )


def _past(at: datetime | None, now: datetime) -> datetime:
    if at is not None and at > now + SKEW:
        raise Invalid(fields={"at": ["This is in the future."]})
    return at or now
