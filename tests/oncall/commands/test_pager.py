"""The pager process: its loops outlive errors, and two of them share the work."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from oncall.management.commands import pager
from oncall.models import Alert, AlertEvent, EscalationRun, Page, PageAttempt, PagerHeartbeat
from oncall.selectors import lateness
from oncall.services import alerts, escalations, pages
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import AlertFactory, RunFactory


def test_one_pass_escalates_and_sends(fired: Alert, schedule: Any) -> None:
    call_command("pager", "--once")
    assert [sent.to for sent in mail.outbox] == [["alice@example.com"]]


def test_broken_routes_stop_no_pager(fired: Alert, schedule: Any, settings: Any, caplog: Any) -> None:
    settings.ROOT_URLCONF = "no.such.routes"
    call_command("pager", "--once")
    assert "Sign in to acknowledge it" in mail.outbox[0].body
    assert pager.Command.requires_system_checks == ()


def test_a_loop_asks_again_where_nobody_was_reached(fired: Alert) -> None:
    long_ago = lateness.database_now() - timedelta(hours=2)
    EscalationRun.objects.update(status="exhausted", next_run_at=None, created_at=long_ago, ended_at=long_ago)
    pager.ask_again()
    assert EscalationRun.objects.get().status == "active"


def test_a_loop_outlives_a_lost_database_and_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pager, "AFTER_AN_ERROR", 0.0)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    stop, errors = threading.Event(), [OperationalError("gone"), KeyError("bug")]

    def work() -> None:
        if errors:
            raise errors.pop(0)
        stop.set()

    pager.repeat(stop, work, 0.0)
    assert errors == []


def test_a_stopped_pager_ends_all_its_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "close_all", lambda: None)
    stop = threading.Event()
    stop.set()
    pager.run(stop)
    assert not [thread for thread in threading.enumerate() if "repeat" in thread.name]


def test_the_watcher_gives_a_sign_of_life(db: None) -> None:
    watcher = pager.Watcher()
    watcher.look()
    watcher.look()
    assert PagerHeartbeat.objects.get().name == watcher.name
    assert lateness.pagers_alive(lateness.database_now()) == 1


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Runs each in a thread and on a connection of its own, all starting together."""
    ready = threading.Barrier(len(work))

    def begin(one: Callable[[], Any]) -> Any:
        ready.wait(timeout=10)
        try:
            return one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(begin, work))


@pytest.mark.django_db(transaction=True)
def test_two_pagers_page_each_alert_once(admin_user: Any, now: datetime) -> None:
    for alert in AlertFactory.create_batch(6):
        RunFactory(alert=alert)
    at_once(*[lambda: escalations.tick(now=now)] * 2)
    at_once(*[lambda: pages.send_due(now=now)] * 2)
    assert (Page.objects.filter(status="sent").count(), PageAttempt.objects.count(), len(mail.outbox)) == (6, 6, 6)


@pytest.mark.django_db(transaction=True)
def test_an_acknowledgement_that_races_a_tick_leaves_nothing_to_send(admin_user: Any, now: datetime) -> None:
    alert = RunFactory().alert
    bob = Actor.system("bob")
    at_once(lambda: escalations.tick(now=now), lambda: alerts.acknowledge_alert(actor=bob, alert=alert, now=now))
    assert EscalationRun.objects.get().status == "stopped"
    assert not Page.objects.filter(status="pending").exists()


@pytest.mark.django_db(transaction=True)
def test_two_probes_that_fire_at_once_open_one_alert(team: Any, now: datetime) -> None:
    key: dict[str, Any] = {"team_id": team.pk, "service_id": None, "source": "probe", "dedup_key": "checkout"}
    told: dict[str, Any] = {"title": "Restart it", "severity": "critical", "detail": "", "now": now}
    at_once(*[lambda: alerts.open_alert(actor=Actor.system("probe"), **key, **told)] * 3)
    assert (Alert.objects.get().joined_count, AlertEvent.objects.filter(kind="fired").count()) == (2, 1)
