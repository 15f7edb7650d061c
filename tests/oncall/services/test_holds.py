"""Held alerts page nobody, and nothing that held them can get lost: releases are found in rows."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import Alert
from oncall.selectors.rulebooks import Rulebook
from oncall.services import holds, settling
from oncall.services.batches import Batch
from tests.factories.oncall import InhibitionFactory, SilenceFactory, arriving, over

SWITCH: dict[str, Any] = {"labels": {"kind": "switch", "rack": "r1"}}
HOST: dict[str, Any] = {"labels": {"kind": "host", "rack": "r1"}}


def fresh(alert: Alert) -> Alert:
    return Alert.objects.get(pk=alert.pk)


def kinds(alert: Alert) -> list[str]:
    return list(alert.events.values_list("kind", flat=True))


def test_a_silenced_alert_is_held_until_the_silence_ends(team: Any) -> None:
    silence = SilenceFactory(team=team)
    alert = arriving(team)
    assert (alert.held_by, alert.held_until, alert.silence) == ("silenced", silence.ends_at, silence)
    assert (alert.runs.count(), kinds(alert)) == (0, ["fired", "held"])


def test_a_repeat_of_a_silenced_alert_says_nothing(team: Any) -> None:
    SilenceFactory(team=team)
    arriving(team)
    assert kinds(arriving(team)) == ["fired", "held"]


def test_maintenance_of_a_service_holds_its_alerts_alone(team: Any, service: Any) -> None:
    SilenceFactory(team=team, matchers=[], service=service, is_maintenance=True)
    assert arriving(team, "a", service_id=service.pk).held_by == "maintenance"
    assert arriving(team, "b").held_by == ""


def test_another_teams_silence_holds_nothing(team: Any, other_team: Any) -> None:
    SilenceFactory(team=other_team)
    assert arriving(team).held_by == ""


def test_a_repeat_finds_a_silence_that_was_made_meanwhile(team: Any) -> None:
    alert = arriving(team)
    SilenceFactory(team=team)
    assert (arriving(team).held_by, alert.runs.get().status) == ("silenced", "stopped")


def test_an_alert_that_became_another_is_let_go_and_pages(team: Any) -> None:
    SilenceFactory(team=team, matchers=[{"name": "pod", "op": "=", "value": "a"}])
    arriving(team, labels={"pod": "a"})
    alert = arriving(team, labels={"pod": "b"})
    assert (alert.held_by, alert.runs.get().status, kinds(alert)[-1]) == ("", "active", "released")


def test_an_inhibited_alert_pages_nobody(team: Any) -> None:
    InhibitionFactory(team=team)
    switch, host = arriving(team, "switch", **SWITCH), arriving(team, "host", **HOST)
    assert (host.held_by, host.inhibited_by_id, host.runs.count()) == ("inhibited", switch.pk, 0)


def test_a_source_that_comes_later_holds_what_pages_already(team: Any) -> None:
    InhibitionFactory(team=team)
    host = arriving(team, "host", **HOST)
    arriving(team, "switch", **SWITCH)
    assert (fresh(host).held_by, host.runs.get().status) == ("inhibited", "stopped")


def test_one_batch_sees_the_sources_of_its_own_batch(team: Any, now: datetime) -> None:
    InhibitionFactory(team=team)
    with Batch(now) as batch:
        host = arriving(team, "host", batch=batch, **HOST)
        arriving(team, "switch", batch=batch, **SWITCH)
        other = arriving(team, "other", batch=batch, **HOST)
    assert {fresh(host).held_by, fresh(other).held_by} == {"inhibited"}


def test_another_rack_is_not_inhibited(team: Any) -> None:
    InhibitionFactory(team=team)
    arriving(team, "switch", **SWITCH)
    assert arriving(team, "host", labels={"kind": "host", "rack": "r2"}).held_by == ""


def test_when_the_inhibitor_ends_the_others_page(team: Any, now: datetime) -> None:
    InhibitionFactory(team=team)
    arriving(team, "switch", **SWITCH)
    host = arriving(team, "host", **HOST)
    over("switch")
    settling.settle_due(now=now)
    assert (fresh(host).held_by, host.runs.get().status) == ("", "active")


def test_a_second_inhibitor_takes_over(team: Any, now: datetime) -> None:
    InhibitionFactory(team=team)
    arriving(team, "one", **SWITCH)
    second, host = arriving(team, "two", **SWITCH), arriving(team, "host", **HOST)
    over("one")
    settling.settle_due(now=now)
    assert (fresh(host).held_by, fresh(host).inhibited_by_id, host.runs.count()) == ("inhibited", second.pk, 0)


def test_an_alert_that_comes_and_goes_is_held_after_it_paged(team: Any, now: datetime) -> None:
    for minute in range(3):
        arriving(team, now=now + timedelta(minutes=2 * minute))
        over(now=now + timedelta(minutes=2 * minute + 1))
    last = arriving(team, now=now + timedelta(minutes=6))
    assert (last.held_by, last.held_until) == ("flapping", now + timedelta(minutes=21))


def test_an_alert_flaps_whatever_its_sender_says_about_its_start(team: Any, now: datetime) -> None:
    for minute in range(3):
        arriving(team, now=now + timedelta(minutes=2 * minute), started_at=now - timedelta(days=9))
        over(now=now + timedelta(minutes=2 * minute + 1))
    assert arriving(team, now=now + timedelta(minutes=6), started_at=now - timedelta(days=9)).held_by == "flapping"


def test_a_flapping_alert_that_keeps_firing_pages_after_a_while(team: Any, now: datetime) -> None:
    for minute in range(3):
        arriving(team, now=now + timedelta(minutes=2 * minute))
        over(now=now + timedelta(minutes=2 * minute + 1))
    last = arriving(team, now=now + timedelta(minutes=6))
    settling.settle_due(now=now + timedelta(minutes=20))
    assert fresh(last).held_by == "flapping"
    settling.settle_due(now=now + timedelta(minutes=21))
    assert (fresh(last).held_by, last.runs.get().status) == ("", "active")


def test_deciding_again_changes_nothing(team: Any, now: datetime) -> None:
    SilenceFactory(team=team)
    assert not holds.redecide(arriving(team).pk, book=Rulebook(now))


def test_a_resolved_alert_is_not_held(team: Any, now: datetime) -> None:
    alert = arriving(team)
    over()
    SilenceFactory(team=team)
    assert not holds.redecide(alert.pk, book=Rulebook(now))


def test_a_source_that_became_another_lets_go(team: Any) -> None:
    InhibitionFactory(team=team)
    arriving(team, "switch", **SWITCH)
    host = arriving(team, "host", **HOST)
    arriving(team, "switch", labels={"kind": "switch", "rack": "r2"})
    assert (fresh(host).held_by, host.runs.get().status) == ("", "active")
