from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from incidents.selectors import gauges
from portal.accounts.domain.actors import Actor
from tests.factories.incidents import IncidentFactory


def test_open_incidents_are_counted_by_severity_without_drills(team: Any) -> None:
    IncidentFactory(team=team, severity=1)
    IncidentFactory(team=team, severity=1, is_drill=True)
    assert [number for _, number in gauges.open_samples()] == [1, 0, 0, 0]


def test_late_updates_are_counted(team: Any) -> None:
    IncidentFactory(team=team, next_update_due_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert list(gauges.overdue_samples()) == [({}, 1.0)]


def test_the_navigation_counts_what_its_reader_sees(charlie: Any, team: Any, actor_of: Callable[[Any], Actor]) -> None:
    IncidentFactory(team=team)
    IncidentFactory(team=team, is_private=True)
    assert gauges.open_count(actor_of(charlie)) == 1


def test_nobody_counts_nothing() -> None:
    assert gauges.open_count(None) == 0
