"""What the pager would do, by its own walk."""

from datetime import datetime, timedelta
from typing import Any

from oncall.domain import escalation_json
from oncall.domain.escalation import Notify, Plan, RepeatFrom, Target, Wait, notify
from oncall.models import Alert, Page, QuietHours
from oncall.selectors import foretelling
from oncall.services import escalations
from tests.factories.oncall import ContactFactory, PolicyFactory

MINUTE = timedelta(minutes=1)


def test_what_is_foretold_is_what_happens(fired: Alert, schedule: Any, admin_user: Any, now: datetime) -> None:
    policy = fired.team.escalation_policies.get()
    foretold = foretelling.of_policy(policy, at=now, severity="critical")
    for minutes in range(31):
        escalations.tick(now=now + minutes * MINUTE)
    paged = Page.objects.order_by("pk").values_list("due_at", "user__name")
    assert [(ask.at, user.name) for ask in foretold.asks for user in ask.asked.people] == list(paged)


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
