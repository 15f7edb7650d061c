from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from incidents.domain.entries import Kind
from incidents.models import TimelineEntry
from incidents.services import timeline
from incidents.services.timeline import Fact
from portal.lib.errors import Invalid, PermissionDenied
from tests.factories.incidents import IncidentFactory, TimelineEntryFactory

ActorOf = Callable[[Any], Any]


def fact(now: datetime, **fields: Any) -> Fact:
    usual = {"at": now, "kind": Kind.ALERT, "source": "oncall", "source_id": "event:1", "text": "Fired"}
    return Fact(**{**usual, "author": "slo", **fields})


def test_a_note_has_its_author_and_time(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    entry = timeline.add_note(actor=actor_of(bob), incident=IncidentFactory(team=team), text=" Restarted ", now=now)
    assert (entry.text, entry.author, entry.user, entry.at) == ("Restarted", "Bob", bob, now)


def test_a_note_may_be_of_the_past(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    at = now - timedelta(minutes=9)
    entry = timeline.add_note(actor=actor_of(bob), incident=IncidentFactory(team=team), text="Saw it", at=at, now=now)
    assert (entry.at, entry.recorded_at) == (at, now)


def test_a_note_of_the_future_is_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        timeline.add_note(
            actor=actor_of(bob), incident=IncidentFactory(team=team), text="x", at=now + timedelta(hours=1), now=now
        )


def test_an_empty_note_is_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        timeline.add_note(actor=actor_of(bob), incident=IncidentFactory(team=team), text="  ", now=now)


def test_a_viewer_writes_nothing(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        timeline.add_note(actor=actor_of(vera), incident=IncidentFactory(team=team), text="x", now=now)


def test_the_same_fact_twice_is_one_entry(team: Any, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    timeline.add_facts(incident=incident, facts=[fact(now)], now=now)
    timeline.add_facts(incident=incident, facts=[fact(now), fact(now, source_id="event:2")], now=now)
    assert incident.entries.count() == 2


def test_a_correction_points_at_what_it_corrects(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    made = timeline.correct(actor=actor_of(bob), entry=entry, text="It was the cache", now=now)
    assert (made.corrects, made.at, made.kind) == (entry, entry.at, "correction")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_changes(team: Any, change: str) -> None:
    TimelineEntryFactory(incident__team=team)
    found = TimelineEntry.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        found.update(text="never") if change == "update" else found._raw_delete(found.db)


def test_a_star_is_set_once(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    timeline.star(actor=actor_of(bob), entry=entry, starred=True, now=now)
    timeline.star(actor=actor_of(bob), entry=entry, starred=True, now=now)
    assert TimelineEntry.objects.filter(star__isnull=False).get() == entry


def test_a_star_is_taken_away(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    timeline.star(actor=actor_of(bob), entry=entry, starred=True, now=now)
    timeline.star(actor=actor_of(bob), entry=entry, starred=False, now=now)
    assert not TimelineEntry.objects.filter(star__isnull=False).exists()
