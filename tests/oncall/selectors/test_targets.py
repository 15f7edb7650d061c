"""From steps to people and their rules."""

from datetime import datetime, timedelta
from typing import Any

from oncall.domain.escalation import Notify, Target
from oncall.models.pages import ACCOUNT_RULE
from oncall.selectors import targets
from oncall.selectors.targets import Finder
from tests.factories.oncall import ContactFactory, schedule_of


def people(kind: str, team: Any, now: datetime, ref: int | None = None, role: str = "") -> list[str]:
    step = Notify((Target(kind, ref, role),))
    return [str(user) for user in Finder(team.pk).asked(step, now=now).people]


def test_each_target_means_people(schedule: Any, team: Any, vera: Any, admin_user: Any, now: datetime) -> None:
    wanted = {"primary": ["Alice"], "secondary": ["Bob"], "team": ["Alice", "Bob"], "administrators": ["Root"]}
    assert {target: people(target, team, now) for target in wanted} == wanted


def test_a_role_that_two_schedules_fill_means_both(schedule: Any, team: Any, bob: Any, now: datetime) -> None:
    schedule_of(bob, team=team)
    assert sorted(people("primary", team, now)) == ["Alice", "Bob"]


def test_one_person_and_nobody(team: Any, bob: Any, now: datetime) -> None:
    assert (people("person", team, now, bob.pk), people("person", team, now)) == (["Bob"], [])


def test_a_deactivated_person_is_nobody(team: Any, bob: Any, now: datetime) -> None:
    type(bob).objects.update(is_active=False)
    assert [people(target, team, now, bob.pk) for target in ("person", "team")] == [[], []]


def test_rules_follow_the_order_of_contacts(bob: Any) -> None:
    ContactFactory(user=bob, position=9, delay_minutes=5, address="late@example.com")
    ContactFactory(user=bob, position=1, address="first@example.com")
    rules = [(rule.number, rule.address, rule.delay) for rule in targets.rules_of(bob)]
    assert rules == [(0, "first@example.com", timedelta()), (1, "late@example.com", timedelta(minutes=5))]


def test_without_a_proved_contact_the_account_is_the_rule(bob: Any) -> None:
    ContactFactory(user=bob, verified_at=None)
    [rule] = targets.rules_of(bob)
    assert (rule.number, rule.address) == (ACCOUNT_RULE, "bob@example.com")
