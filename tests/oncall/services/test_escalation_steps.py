"""What the tick does at each kind of step, and while an alert may page nobody."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from oncall.domain import escalation_json
from oncall.domain.escalation import (
    CATCH_ALL,
    IfHours,
    Jump,
    Notify,
    Plan,
    RepeatFrom,
    Resolve,
    Target,
    Wait,
    notify,
)
from oncall.models import Alert, ContactPoint, EscalationRun, Page, ServicePolicy
from oncall.services import alerts, escalations, pages, runs
from portal.accounts.domain.actors import Actor
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import AlertFactory, OverrideFactory, PageFactory, PolicyFactory, RunFactory

MINUTE = timedelta(minutes=1)


def fire(team: Any, now: datetime, *steps: Any, **facts: Any) -> Alert:
    """A firing alert whose run walks these steps."""
    policy = PolicyFactory(team=team, is_default=False, plan=escalation_json.to_snapshot(Plan(steps)), **facts)
    alert: Alert = AlertFactory(team=team, policy=policy, started_at=now)
    runs.start(alert=alert, now=now)
    return alert


def tick(now: datetime, *minutes: int) -> list[str]:
    for one in minutes:
        escalations.tick(now=now + one * MINUTE)
    return [str(page.user or page.contact_point) for page in Page.objects.order_by("pk")]


def test_a_contact_point_is_paged_once_each_round(team: Any, now: datetime) -> None:
    point = ContactPoint.objects.create(team=team, name="Room", kind="webhook", address="https://a.test/")
    fire(team, now, Notify((Target("point", point.pk),)), Wait(5), RepeatFrom(0, 1))
    assert tick(now, 0, 0, 5) == ["Room", "Room"]


def test_a_round_robin_asks_another_one_for_each_alert(team: Any, alice: Any, bob: Any, now: datetime) -> None:
    for _ in range(3):
        fire(team, now, Notify((Target("round_robin"),)), Wait(9))
    for seconds in range(3):
        escalations.tick(now=now + timedelta(seconds=seconds), limit=1)
    assert tick(now) == ["Alice", "Bob", "Alice"]


def test_whoever_shadows_gets_a_copy_and_never_alone(team: Any, schedule: Any, admin_user: Any, now: datetime) -> None:
    OverrideFactory(schedule=schedule, role="shadow", user=admin_user)
    fire(team, now, notify("primary"), Wait(9))
    assert (tick(now, 0), [page.is_copy for page in Page.objects.order_by("pk")]) == (["Alice", "Root"], [False, True])


def test_when_the_primary_fails_the_copy_does_not_count_as_reached(team: Any, now: datetime) -> None:
    run = RunFactory(alert=AlertFactory(team=team), next_run_at=now + 9 * MINUTE)
    page = PageFactory(run=run, channel="pigeon")
    PageFactory(run=run, rule=299, due_at=now + MINUTE)
    pages.send_due(now=now, limit=1)
    run.refresh_from_db()
    assert (page.run_id, run.next_run_at <= now + MINUTE) == (run.pk, True)


def test_steps_outside_their_hours_are_skipped(team: Any, bob: Any, alice: Any, now: datetime) -> None:
    night = IfHours((0, 1, 2, 3, 4, 5, 6), time(22), time(6), "UTC", covers=1)
    fire(team, now, night, Notify((Target("person", alice.pk),)), Notify((Target("person", bob.pk),)), Wait(5))
    assert tick(now, 0) == ["Bob"]


def test_a_jump_asks_the_other_teams_people(team: Any, other_team: Any, charlie: Any, now: datetime) -> None:
    there = PolicyFactory(team=other_team, plan=escalation_json.to_snapshot(Plan((notify("team"), Wait(5)))))
    fire(team, now, Jump(there.pk))
    assert tick(now, 0) == ["Charlie"]


def test_a_resolve_closes_the_alert_and_its_run(team: Any, alice: Any, now: datetime) -> None:
    alert = fire(team, now, notify("team"), Wait(5), Resolve())
    tick(now, 0, 5)
    alert.refresh_from_db()
    assert (alert.status, alert.runs.get().status) == ("resolved", "stopped")


def test_a_policy_walks_only_for_its_classes(team: Any, now: datetime) -> None:
    PolicyFactory(team=team, severities=["critical"])
    warning = AlertFactory(team=team, severity="warning")
    assert (runs.start(alert=warning, now=now), warning.runs.count()) == (None, 0)


def test_the_policy_of_the_service_is_walked(team: Any, alice: Any, now: datetime) -> None:
    PolicyFactory(team=team)
    own = PolicyFactory(team=team, is_default=False, name="Checkout")
    service = ServiceFactory(team=team)
    ServicePolicy.objects.create(service=service, policy=own)
    run = runs.start(alert=AlertFactory(team=team, service=service), now=now)
    assert run is not None
    assert run.policy_name == "Checkout"


def test_a_run_in_flight_of_the_first_form_goes_on(team: Any, alice: Any, admin_user: Any, now: datetime) -> None:
    steps = [{"target": "primary", "after_minutes": 0, "user_id": None}]
    steps += [{"target": "team", "after_minutes": 5, "user_id": None}]
    old = {"steps": steps, "repeat": 1, "pause_minutes": 5}
    RunFactory(alert=AlertFactory(team=team), snapshot=old, loop=1, step=1, next_run_at=now)
    assert tick(now, 0, 5) == ["Alice", "Root"]


@pytest.mark.parametrize("facts", [{"held_by": "silenced"}, {"snoozed": True}], ids=["held", "snoozed"])
def test_a_silence_of_25_hours_pages_nobody_and_then_from_the_top(
    team: Any, alice: Any, now: datetime, facts: dict[str, Any]
) -> None:
    fire(team, now, notify("team"), Wait(5), notify("team"), Wait(5))
    tick(now, 0)
    snoozed = {"snoozed_until": now + 1500 * MINUTE} if "snoozed" in facts else facts
    Alert.objects.update(**snoozed)
    assert tick(now, 5, 6, 7, 1499) == ["Alice"]
    Alert.objects.update(held_by="")
    assert tick(now, 1501, 1507) == ["Alice", "Alice", "Alice"]


def test_a_released_alert_is_paged_at_once_when_its_run_is_started_again(team: Any, alice: Any, now: datetime) -> None:
    alert = fire(team, now, notify("team"), Wait(5))
    Alert.objects.update(held_by="silenced")
    tick(now, 0)
    Alert.objects.update(held_by="")
    for _ in range(2):
        runs.start(alert=Alert.objects.get(pk=alert.pk), now=now + MINUTE / 2)
    assert EscalationRun.objects.get().next_run_at == now + MINUTE / 2


def test_pages_of_a_held_alert_do_not_leave(team: Any, alice: Any, now: datetime) -> None:
    fire(team, now, notify("team"), Wait(5))
    tick(now, 0)
    Alert.objects.update(held_by="maintenance")
    assert pages.send_due(now=now) == 0


def test_an_exhausted_run_starts_again_only_when_it_is_wanted(team: Any, admin_user: Any, now: datetime) -> None:
    alert = fire(team, now, CATCH_ALL)
    tick(now, 0)
    first = runs.start(alert=alert, now=now + MINUTE)
    again = runs.start(alert=alert, now=now + MINUTE, again=True)
    assert first is not None
    assert again is not None
    assert (first.status, again.status, again.loop) == ("exhausted", "active", 1)


def test_a_member_of_a_group_is_not_paged_for(team: Any, alice: Any, now: datetime) -> None:
    alert = fire(team, now, notify("team"), Wait(5))
    Alert.objects.filter(pk=alert.pk).update(lead=AlertFactory(team=team))
    assert (tick(now, 0), alert.runs.get().status) == ([], "stopped")


def test_a_deleted_policy_changes_nothing_for_runs_under_way(team: Any, alice: Any, now: datetime) -> None:
    alert = fire(team, now, notify("team"), Wait(5), notify("team"), Wait(5))
    tick(now, 0)
    team.escalation_policies.all().delete()
    assert tick(now, 5) == ["Alice", "Alice"]
    alerts.acknowledge_alert(actor=Actor.system("x"), alert=alert, now=now)
    assert alert.runs.get().status == "stopped"
