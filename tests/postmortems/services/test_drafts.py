from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from incidents.services import timeline
from portal.lib.errors import Invalid, PermissionDenied
from postmortems.exceptions import WrongState
from postmortems.models import Postmortem
from postmortems.services import drafts
from tests.factories.incidents import (
    IncidentFactory,
    RoleSpanFactory,
    TimelineEntryFactory,
    resolved_incident,
)

ActorOf = Callable[[Any], Any]


def test_a_draft_has_all_sections_and_the_summary(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team, summary="It broke.")
    made = drafts.draft_from_incident(actor=actor_of(bob), incident=incident, now=now)
    texts = {section.key: section.text for section in made.sections.all()}
    assert texts["summary"] == "It broke."
    assert "surprise" in texts


def test_asked_again_it_is_the_same_draft(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team)
    made = [drafts.draft_from_incident(actor=actor_of(bob), incident=incident, now=now) for _ in range(2)]
    assert made[0] == made[1]
    assert Postmortem.objects.count() == 1


def test_recovery_comes_first(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(WrongState):
        drafts.draft_from_incident(actor=actor_of(bob), incident=IncidentFactory(team=team), now=now)


def test_a_viewer_drafts_nothing(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        drafts.draft_from_incident(actor=actor_of(vera), incident=resolved_incident(team=team), now=now)


def test_the_timeline_is_copied(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    entry = TimelineEntryFactory(incident=resolved_incident(team=team), text="Restarted")
    made = drafts.draft_from_incident(actor=actor_of(bob), incident=entry.incident, now=now)
    assert [(row.text, row.at) for row in made.timeline.all()] == [("Restarted", entry.at)]


def test_starred_entries_are_enough(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    entry = TimelineEntryFactory(incident=resolved_incident(team=team), text="Starred")
    TimelineEntryFactory(incident=entry.incident, text="Not")
    timeline.star(actor=actor_of(bob), entry=entry, starred=True, now=now)
    made = drafts.draft_from_incident(actor=actor_of(bob), incident=entry.incident, now=now)
    assert [row.text for row in made.timeline.all()] == ["Starred"]


def test_what_was_corrected_is_left_out(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    entry = TimelineEntryFactory(incident=resolved_incident(team=team), text="Wrong")
    timeline.correct(actor=actor_of(bob), entry=entry, text="Right", now=now)
    made = drafts.draft_from_incident(actor=actor_of(bob), incident=entry.incident, now=now)
    assert [row.text for row in made.timeline.all()] == ["Right"]


def test_the_duration_is_computed(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = drafts.draft_from_incident(actor=actor_of(bob), incident=resolved_incident(team=team), now=now)
    row = made.impacts.get()
    assert (row.value, row.unit, row.is_estimate) == (Decimal(65), "min", False)


def test_the_commander_owns_it_and_it_is_due_in_business_days(
    bob: Any, team: Any, actor_of: ActorOf, now: datetime
) -> None:
    span = RoleSpanFactory(incident=resolved_incident(team=team))
    made = drafts.draft_from_incident(actor=actor_of(bob), incident=span.incident, now=now)
    assert (made.owner, made.due_on, made.is_required) == (span.user, date(2026, 3, 11), True)


def test_a_private_incident_has_a_private_postmortem(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team, is_private=True)
    assert drafts.draft_from_incident(actor=actor_of(bob), incident=incident, now=now).is_private


def test_the_tick_drafts_what_is_owed_once(team: Any, now: datetime) -> None:
    resolved_incident(team=team, severity=1)
    assert [drafts.draft_required_due(now=now) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("fields", [{"severity": 4}, {"is_drill": True}])
def test_the_tick_leaves_the_rest(team: Any, now: datetime, fields: dict[str, Any]) -> None:
    resolved_incident(team=team, **fields)
    assert drafts.draft_required_due(now=now) == 0


def test_the_tick_looks_two_weeks_back(team: Any, now: datetime) -> None:
    resolved_incident(team=team)
    assert drafts.draft_required_due(now=now + timedelta(days=15)) == 0


def test_an_event_has_a_postmortem_too(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = drafts.draft_for_event(actor=actor_of(bob), team=team, title="Launch", now=now)
    assert (made.state, made.incidents.count(), made.owner) == ("draft", 0, bob)


def test_an_event_has_a_title(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        drafts.draft_for_event(actor=actor_of(bob), team=team, title=" ", now=now)
