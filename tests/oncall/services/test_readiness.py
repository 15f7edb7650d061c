"""The self-test finds who would not be reached before they are needed."""

from datetime import datetime, timedelta
from typing import Any

from oncall.domain import escalation_json
from oncall.domain.escalation import Notify, Plan, Target, notify
from oncall.models import DutyNotice
from oncall.services import readiness
from tests.factories.oncall import ContactFactory, PolicyFactory

DAY = timedelta(days=1)


def told() -> list[tuple[str, str]]:
    return list(DutyNotice.objects.order_by("pk").values_list("user__name", "subject"))


def test_who_is_on_call_soon_without_a_contact_is_told(schedule: Any, alice: Any, now: datetime) -> None:
    ContactFactory(user=alice)
    assert readiness.check_due(now=now) == 1
    assert told() == [("Bob", "Add a contact: you are on call soon")]


def test_a_contact_with_a_problem_is_none(schedule: Any, alice: Any, bob: Any, now: datetime) -> None:
    ContactFactory(user=bob)
    ContactFactory(user=alice, address="old@example.com", problem="550 unknown")
    readiness.check_due(now=now)
    assert "mail old@example.com: 550 unknown" in DutyNotice.objects.get(user=alice).body


def test_it_is_told_once_a_week_however_often_it_looks(schedule: Any, now: datetime) -> None:
    found = [readiness.check_due(now=now + days * DAY) for days in (0, 0, 1, 7)]
    assert found == [2, 0, 0, 2]


def test_a_policy_that_reaches_nobody_is_told_to_the_managers(team: Any, alice: Any, now: datetime) -> None:
    PolicyFactory(team=team, plan=escalation_json.to_snapshot(Plan((notify("primary"),))))
    readiness.check_due(now=now)
    assert told() == [("Alice", "Mend the escalation of Payments")]


def test_a_policy_that_reaches_somebody_is_fine(team: Any, alice: Any, now: datetime) -> None:
    PolicyFactory(team=team)
    assert readiness.check_due(now=now) == 0


def test_a_step_that_names_what_is_gone_is_told_although_others_are_reached(
    team: Any, alice: Any, now: datetime
) -> None:
    steps = (notify("team"), Notify((Target("point", 999),)))
    PolicyFactory(team=team, name="Nights", plan=escalation_json.to_snapshot(Plan(steps)))
    readiness.check_due(now=now)
    assert told() == [("Alice", "Mend the steps of Nights")]
    assert "Step 2: The contact point is gone." in DutyNotice.objects.get().body
