from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.models import PrometheusFeed, PrometheusServer, Sli
from slo.services import source_slis
from tests.factories.sources import PrometheusServerFactory, push_sli

ACTOR = Actor.system("tests")
RATIO = {"mode": "ratio", "bad": "e_total", "total": "t_total", "good": ""}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def server(team: Any) -> Any:
    return PrometheusServerFactory(team=team)


def made(service: Any, server: PrometheusServer, now: datetime, **facts: Any) -> Sli:
    values = {"name": "requests", "settings": RATIO} | facts
    return source_slis.create_prometheus_sli(actor=ACTOR, service=service, server=server, now=now, **values)


def test_an_sli_of_pushes_begins_now(service: Any, now: datetime) -> None:
    sli = source_slis.create_push_sli(actor=ACTOR, service=service, name="orders", now=now)
    assert (sli.kind, sli.started_at, sli.source) == ("push", now, "")
    assert AuditEntry.objects.filter(action="sli.created", target_id=sli.public_id).exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_an_sli_has_a_name(service: Any, now: datetime, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        source_slis.create_push_sli(actor=ACTOR, service=service, name=name, now=now)
    assert list(refused.value.fields) == ["name"]


def test_an_sli_of_prometheus_is_due_at_once(service: Any, server: Any, now: datetime) -> None:
    sli = made(service, server, now + timedelta(seconds=20))
    feed = PrometheusFeed.objects.get(sli=sli)
    assert (feed.server, feed.minutes_from, feed.backfill_at) == (server, now, None)
    assert sli.settings == {"mode": "ratio", "bad": "e_total", "total": "t_total", "server": server.public_id}


def test_a_past_is_asked_for_up_to_the_current_hour(service: Any, server: Any, now: datetime) -> None:
    sli = made(service, server, now + timedelta(minutes=40), backfill_days=30)
    feed = PrometheusFeed.objects.get(sli=sli)
    assert (feed.backfill_at, feed.minutes_from, sli.started_at) == (now - 30 * DAY, now, now)


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"settings": {"mode": "ratio"}}, ["good", "total"]),
        ({"backfill_days": 91}, ["backfill_days"]),
        ({"every_minutes": 6, "name": ""}, ["every_minutes", "name"]),
    ],
    ids=["settings", "past", "several"],
)
def test_all_that_is_wrong_is_named(service: Any, server: Any, now: datetime, facts: Any, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        made(service, server, now, **facts)
    assert sorted(refused.value.fields) == fields


def test_a_server_of_another_team_is_refused(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        made(service, PrometheusServerFactory(), now)
    assert list(refused.value.fields) == ["server"]


def test_a_new_query_begins_where_the_old_one_ended(service: Any, server: Any, now: datetime) -> None:
    sli = made(service, server, now)
    Sli.objects.update(counted_until=now + HOUR, problem="no series")
    changed = source_slis.update_sli(
        actor=ACTOR, sli=sli, facts={"settings": RATIO | {"total": "all_total"}}, now=now + 2 * HOUR
    )
    assert (changed.settings["total"], changed.problem) == ("all_total", "")
    assert PrometheusFeed.objects.get(sli=sli).minutes_from == now + HOUR


def test_the_rest_of_a_past_is_asked_the_new_way(service: Any, server: Any, now: datetime) -> None:
    sli = made(service, server, now, backfill_days=2)
    Sli.objects.update(counted_until=now + timedelta(minutes=7))
    source_slis.update_sli(actor=ACTOR, sli=sli, facts={"settings": RATIO | {"total": "x_total"}}, now=now + HOUR)
    feed = PrometheusFeed.objects.get(sli=sli)
    assert (feed.minutes_from, feed.backfill_at) == (now, now - 2 * DAY)


def test_the_watch_is_switched_and_written_down(service: Any, now: datetime) -> None:
    sli = source_slis.update_sli(actor=ACTOR, sli=push_sli(service=service), facts={"watches_volume": True}, now=now)
    assert sli.watches_volume
    assert "watches_volume" in AuditEntry.objects.get(action="sli.updated").changes


def test_only_prometheus_has_settings(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid, match="not valid") as refused:
        source_slis.update_sli(actor=ACTOR, sli=push_sli(service=service), facts={"settings": RATIO}, now=now)
    assert list(refused.value.fields) == ["settings"]
