from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.home.selectors.now import now_page
from tests.factories import incidents, oncall, shortener, slo

pytestmark = pytest.mark.django_db
Actors = Callable[[Any], Any]


def test_firing_critical_alerts_come_first(team: Any, alice: Any, actor_of: Actors, now: datetime) -> None:
    for title, severity, status in (
        ("b", "warning", "firing"),
        ("c", "critical", "acknowledged"),
        ("a", "critical", "firing"),
    ):
        oncall.AlertFactory(team=team, title=title, severity=severity, status=status)
    page = now_page(actor_of(alice), now)
    assert [row.alert.title for row in page.alerts] == ["a", "b", "c"]
    assert (page.firing, page.acknowledged) == (2, 1)


def test_only_responders_of_the_team_may_acknowledge(
    team: Any, bob: Any, vera: Any, charlie: Any, actor_of: Actors, now: datetime
) -> None:
    oncall.AlertFactory(team=team)
    may = [now_page(actor_of(user), now).alerts[0].may_acknowledge for user in (bob, vera, charlie)]
    assert may == [True, False, False]


def test_another_teams_private_alerts_are_not_on_the_page(
    team: Any, alice: Any, charlie: Any, actor_of: Actors, now: datetime
) -> None:
    team.is_private = True
    team.save()
    oncall.AlertFactory(team=team)
    oncall.schedule_of(alice, team=team)
    page = now_page(actor_of(charlie), now)
    assert (page.alerts, page.on_call, page.firing) == ([], [], 0)


def test_who_is_on_call_is_shown_with_the_end_of_the_shift(
    team: Any, alice: Any, bob: Any, actor_of: Actors, now: datetime
) -> None:
    oncall.schedule_of(alice, bob, team=team)
    page = now_page(actor_of(alice), now)
    assert [(one.user, one.role) for one in page.on_call] == [(alice, "primary"), (bob, "secondary")]
    assert page.on_call[0].until > now


def test_incidents_and_their_overdue_updates_are_counted(
    team: Any, alice: Any, actor_of: Actors, now: datetime
) -> None:
    incidents.IncidentFactory(team=team, next_update_due_at=now - timedelta(minutes=1))
    incidents.IncidentFactory(team=team, next_update_due_at=now + timedelta(minutes=1))
    page = now_page(actor_of(alice), now)
    assert (page.incident_count, page.overdue_updates) == (2, 1)


def test_budgets_are_sorted_worst_first_and_counted(service: Any, alice: Any, actor_of: Actors, now: datetime) -> None:
    slo.SloStatusFactory(slo__service=service, state="healthy", remaining_ratio=Decimal("0.9"))
    slo.SloStatusFactory(slo__service=service, state="violated", remaining_ratio=Decimal("-0.1"), firing=["page-1h"])
    page = now_page(actor_of(alice), now)
    assert [budget.status.state for budget in page.budgets] == ["violated", "healthy"]
    assert (page.slos.total, page.slos.burning, page.slos.violated) == (2, 1, 1)


def test_a_new_portal_is_quiet_and_not_set_up(alice: Any, actor_of: Actors, now: datetime) -> None:
    page = now_page(actor_of(alice), now)
    assert page.is_quiet
    assert [step.done for step in page.steps] == [False] * 4


def test_a_portal_with_everything_needs_no_first_steps(
    team: Any, service: Any, alice: Any, actor_of: Actors, now: datetime
) -> None:
    slo.SloStatusFactory(slo__service=service)
    oncall.schedule_of(alice, team=team)
    shortener.LinkFactory(team=team)
    assert now_page(actor_of(alice), now).is_set_up
