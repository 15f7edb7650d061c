"""The tick: who is asked when, with nobody on call, with a policy edited, and while somebody acknowledges."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain import escalation, escalation_json
from oncall.domain.escalation import Notify, Target
from oncall.models import Alert, AlertEvent, EscalationRun, Page
from oncall.services import alerts, escalations
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import ContactFactory, PolicyFactory, schedule_of

PROBE = Actor.system("probe")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def alert(team: Any, now: datetime) -> Alert:
    return alerts.open_alert(
        actor=PROBE,
        team_id=team.pk,
        service_id=None,
        source="probe",
        dedup_key="checkout",
        title="Restart the checkout",
        severity="critical",
        detail="",
        now=now,
    )


def paged(alert: Alert) -> list[str]:
    return [str(page.user) for page in Page.objects.filter(run__alert=alert).order_by("pk")]


def kinds(alert: Alert) -> list[str]:
    return [event.kind for event in alert.events.all()]


def test_the_primary_is_paged_at_once(alert: Alert, team: Any, alice: Any, bob: Any, now: datetime) -> None:
    schedule_of(alice, bob, team=team)
    assert escalations.tick(now=now) == 1
    assert paged(alert) == ["Alice"]


def test_the_secondary_after_five_minutes_and_everyone_after_ten(
    alert: Alert, team: Any, alice: Any, bob: Any, now: datetime
) -> None:
    schedule_of(alice, bob, team=team)
    for minutes in (0, 4, 5, 10):
        escalations.tick(now=now + minutes * MINUTE)
    assert paged(alert) == ["Alice", "Bob", "Alice", "Bob"]


def test_viewers_are_not_woken_with_the_team(alert: Alert, vera: Any, admin_user: Any, now: datetime) -> None:
    escalations.tick(now=now)
    assert paged(alert) == ["Root"]


def test_with_nobody_on_call_the_next_target_is_asked_at_once(alert: Alert, bob: Any, now: datetime) -> None:
    escalations.tick(now=now)
    assert (paged(alert), kinds(alert)) == (["Bob"], ["fired", "skipped", "skipped", "escalated"])


def test_a_deactivated_person_is_passed_over_at_once(
    alert: Alert, team: Any, alice: Any, bob: Any, now: datetime
) -> None:
    schedule_of(alice, bob, team=team)
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    escalations.tick(now=now)
    assert paged(alert) == ["Bob"]


def test_at_the_end_the_administrators_are_the_catch_all(
    alert: Alert, bob: Any, admin_user: Any, now: datetime
) -> None:
    for minutes in range(0, 60, 5):
        escalations.tick(now=now + minutes * MINUTE)
    assert (paged(alert), alert.runs.get().status) == (["Bob", "Bob", "Root"], "exhausted")


def test_an_alert_that_nobody_can_be_paged_for_says_so(alert: Alert, now: datetime) -> None:
    escalations.tick(now=now)
    last = alert.events.last()
    assert last is not None
    assert (last.kind, last.detail.split(":")[0]) == ("exhausted", "Nobody could be reached")


def test_a_repeated_tick_pages_nobody_twice(alert: Alert, team: Any, alice: Any, now: datetime) -> None:
    schedule_of(alice, team=team)
    escalations.tick(now=now)
    EscalationRun.objects.update(next_run_at=now, step=0)
    escalations.tick(now=now)
    assert paged(alert) == ["Alice"]


def test_a_running_escalation_keeps_the_policy_it_started_with(
    team: Any, alice: Any, admin_user: Any, alert: Alert, now: datetime
) -> None:
    schedule_of(alice, team=team)
    policy = team.escalation_policies.get()
    policy.plan = escalation_json.to_snapshot(escalation.Plan((escalation.CATCH_ALL,)))
    policy.save()
    escalations.tick(now=now)
    assert paged(alert) == ["Alice"]


def test_a_run_of_an_acknowledged_alert_is_stopped_by_the_tick(alert: Alert, alice: Any, now: datetime) -> None:
    Alert.objects.update(status="acknowledged")
    escalations.tick(now=now)
    assert (paged(alert), alert.runs.get().status) == ([], "stopped")


def test_each_rule_of_a_person_is_a_page_with_its_delay(alert: Alert, team: Any, alice: Any, now: datetime) -> None:
    schedule_of(alice, team=team)
    ContactFactory(user=alice, kind="webhook", address="https://example.com/hook")
    ContactFactory(user=alice, delay_minutes=3)
    escalations.tick(now=now)
    pages = Page.objects.order_by("rule").values_list("channel", "due_at")
    assert list(pages) == [("webhook", now), ("mail", now + 3 * MINUTE)]


def test_an_unverified_contact_is_never_paged(alert: Alert, team: Any, alice: Any, now: datetime) -> None:
    schedule_of(alice, team=team)
    ContactFactory(user=alice, address="other@example.com", verified_at=None)
    escalations.tick(now=now)
    assert Page.objects.get().address == "alice@example.com"


def test_a_broken_run_stands_in_nobodys_way(
    alert: Alert, team: Any, alice: Any, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    EscalationRun.objects.update(snapshot={"broken": True})
    escalations.tick(now=now)
    assert EscalationRun.objects.get().next_run_at == now + escalations.AFTER_A_BREAK


def test_the_administrators_are_asked_once_for_a_broken_run(
    alert: Alert, admin_user: Any, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    EscalationRun.objects.update(snapshot={"broken": True})
    for minutes in range(3):
        escalations.tick(now=now + minutes * MINUTE)
    assert (paged(alert), kinds(alert)) == (["Root"], ["fired", "escalated"])


def test_a_target_that_breaks_leads_to_the_next_one(
    team: Any, alice: Any, now: datetime, fire: Callable[[], Alert], caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = Target("schedule", "no number")  # type: ignore[arg-type]
    plan = escalation.Plan((Notify((broken,)), escalation.Wait(5), escalation.notify("team")))
    PolicyFactory(team=team, plan=escalation_json.to_snapshot(plan))
    opened = fire()
    escalations.tick(now=now)
    assert (paged(opened), kinds(opened)[:3]) == (["Alice"], ["fired", "skipped", "escalated"])
    assert "a role of one schedule" in opened.events.filter(kind="skipped")[0].detail


def test_a_person_step_pages_that_person(team: Any, bob: Any, now: datetime, fire: Callable[[], Alert]) -> None:
    plan = escalation.Plan((Notify((Target("person", bob.pk),)),))
    PolicyFactory(team=team, plan=escalation_json.to_snapshot(plan))
    opened = fire()
    escalations.tick(now=now)
    assert paged(opened) == ["Bob"]


@pytest.fixture
def fire(team: Any, now: datetime) -> Callable[[], Alert]:
    def make() -> Alert:
        key = {"source": "hand", "dedup_key": "1", "team_id": team.pk, "service_id": None}
        return alerts.open_alert(actor=PROBE, title="Look", severity="critical", detail="", now=now, **key)

    return make


def test_the_end_of_an_escalation_is_in_the_history(alert: Alert, admin_user: Any, now: datetime) -> None:
    escalations.tick(now=now)
    assert AlertEvent.objects.filter(alert=alert, kind="exhausted", detail="Everybody has been asked.").exists()


def test_the_history_names_whoever_was_passed_over(
    team: Any, alice: Any, bob: Any, now: datetime, fire: Callable[[], Alert]
) -> None:
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    both, only = (Notify(tuple(Target("person", user.pk) for user in users)) for users in ([alice, bob], [bob]))
    PolicyFactory(team=team, plan=escalation_json.to_snapshot(escalation.Plan((only, both))))
    opened = fire()
    escalations.tick(now=now)
    told = opened.events.filter(kind__in=["skipped", "escalated"]).values_list("detail", flat=True)
    assert [said.count("account of Bob has been deactivated") for said in told[:2]] == [1, 1]
