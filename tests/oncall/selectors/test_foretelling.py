"""What the pager would do, by its own walk."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from oncall.domain import escalation_json
from oncall.domain.escalation import IfHours, IfSeverity, Notify, Plan, RepeatFrom, Target, Wait, notify
from oncall.models import Alert, Page, QuietHours
from oncall.selectors import foretelling
from oncall.services import escalations
from tests.factories.oncall import ContactFactory, ContactPointFactory, PolicyFactory
from tests.oncall import escalation_story

MINUTE = timedelta(minutes=1)


def test_what_is_foretold_is_what_happens(fired: Alert, schedule: Any, admin_user: Any, now: datetime) -> None:
    policy = fired.team.escalation_policies.get()
    foretold = foretelling.of_policy(policy, at=now, severity="critical")
    for minutes in range(31):
        escalations.tick(now=now + minutes * MINUTE)
    paged = Page.objects.order_by("pk").values_list("due_at", "user__name")
    assert [(ask.at, user.name) for ask in foretold.asks for user in ask.asked.people] == list(paged)


QUIET = [HealthCheck.function_scoped_fixture]
WHOLE = st.sampled_from(["primary", "secondary", "team", "round_robin", "administrators"])
PAGES = st.lists(WHOLE, min_size=1, max_size=2, unique=True).map(lambda kinds: notify(*kinds))
WAITS = st.integers(1, 90).map(Wait)
HOURS = st.builds(IfHours, st.just((0, 1, 2)), st.just(time(9)), st.just(time(17)), st.just("UTC"), st.integers(1, 2))
CLASSES = st.builds(IfSeverity, st.sampled_from([("critical",), ("warning",)]), st.integers(1, 2))
STEPS = st.lists(st.one_of(PAGES, PAGES, WAITS, WAITS, HOURS, CLASSES), min_size=1, max_size=6)


@pytest.fixture
def reached(team: Any, bob: Any, schedule: Any, admin_user: Any) -> Target:
    """A contact point; and Bob has two ways, the second one later."""
    for minutes in (0, 3):
        ContactFactory(user=bob, delay_minutes=minutes, position=minutes)
    return Target("point", ContactPointFactory(team=team).pk)


@given(steps=STEPS, back=st.one_of(st.none(), st.integers(1, 3)), hour=st.integers(0, 120))
@settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=QUIET)
def test_any_policy_pages_whom_its_preview_names(
    fired: Alert, reached: Any, now: datetime, steps: list[Any], back: int | None, hour: int
) -> None:
    start = now + timedelta(hours=hour)
    plan = Plan((Notify((Target("team"), reached)), *steps, *([RepeatFrom(0, back)] if back else [])))
    with transaction.atomic():
        policy, run = escalation_story.of_alert(fired)
        policy.plan = escalation_json.to_snapshot(plan)
        foretold = foretelling.of_policy(policy, at=start, severity="critical")
        escalation_story.restart(run, policy, start)
        assert escalation_story.told(foretold) == escalation_story.happened(run)
        transaction.set_rollback(True)


def test_what_goes_on_for_ever_is_cut_off(team: Any, alice: Any, now: datetime) -> None:
    plan = Plan((notify("team"), Wait(5), RepeatFrom(0, None)))
    policy = PolicyFactory(team=team, plan=escalation_json.to_snapshot(plan))
    foretold = foretelling.of_policy(policy, at=now, severity="critical")
    assert (foretold.ending, len(foretold.asks)) == ("goes on", foretelling.MOST)


def test_a_round_robin_goes_round_in_a_preview_too(team: Any, alice: Any, bob: Any, now: datetime) -> None:
    plan = Plan((Notify((Target("round_robin"),)), Wait(5), RepeatFrom(0, 2)))
    policy = PolicyFactory(team=team, plan=escalation_json.to_snapshot(plan))
    foretold = foretelling.of_policy(policy, at=now, severity="critical")
    assert [ask.asked.names for ask in foretold.asks][:3] == ["Alice", "Bob", "Alice"]


def test_ways_have_their_delay_and_wait_for_the_end_of_quiet_hours(
    fired: Alert, schedule: Any, alice: Any, now: datetime
) -> None:
    ContactFactory(user=alice, delay_minutes=3)
    QuietHours.objects.create(user=alice, zone="UTC", starts="11:00", ends="14:00")
    ask = foretelling.of_policy(fired.team.escalation_policies.get(), at=now, severity="critical").asks[0]
    ats = [way.at - now for severity in ("critical", "warning") for way in foretelling.ways(ask, severity)]
    assert ats == [3 * MINUTE, 120 * MINUTE]
