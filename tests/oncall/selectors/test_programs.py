"""Which policy serves an alert."""

from datetime import UTC, datetime
from typing import Any

from oncall.domain import escalation_json
from oncall.domain.escalation import Goto, Jump, Notify, Plan, Target, notify
from oncall.models import ServicePolicy
from oncall.selectors import programs
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import AlertFactory, PolicyFactory


def policy_with(*steps: Any, **facts: Any) -> Any:
    return PolicyFactory(plan=escalation_json.to_snapshot(Plan(steps)), **facts)


def test_its_own_comes_before_that_of_its_service_before_the_default(team: Any) -> None:
    default, of_service, own = (PolicyFactory(team=team, is_default=n == 0) for n in range(3))
    service = ServiceFactory(team=team)
    ServicePolicy.objects.create(service=service, policy=of_service)
    facts: list[dict[str, Any]] = [{}, {"service": service}, {"service": service, "policy": own}]
    chosen = [programs.chosen_policy(AlertFactory(team=team, **one)) for one in facts]
    assert chosen == [default, of_service, own]


def test_one_out_of_service_serves_nothing(team: Any) -> None:
    ended = PolicyFactory(team=team, is_default=False, archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert programs.chosen_policy(AlertFactory(team=team, policy=ended)) is None


def test_a_programme_takes_in_what_it_jumps_to_with_the_other_teams_roles(team: Any, other_team: Any) -> None:
    other = policy_with(notify("primary"), team=other_team)
    steps = programs.programme_of(policy_with(Jump(other.pk), team=team))
    assert steps == (Goto(2), Goto(3), Notify((Target("primary", team_id=other_team.pk),)))
