from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from slo.models import PrometheusFeed, Sli
from tests.factories.slo import ProbeFactory, SliFactory, minutes
from tests.factories.sources import HeartbeatFactory, PrometheusServerFactory, push_sli

pytestmark = pytest.mark.django_db


def page(sli: Sli, client: Any) -> str:
    text: str = client.get(f"/slis/{sli.public_id}/").content.decode()
    return text


def test_what_was_counted_is_shown(service: Any, vera: Any, client_for: Any) -> None:
    sli = push_sli(service=service, name="orders", problem="9 good of 8 events")
    end = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=2)
    minutes(sli, end=end, pairs=[(9, 10), (10, 10)])
    text = page(sli, client_for(vera))
    for words in ("orders", "19 of 20", "95.000", "9 good of 8 events", "The last two hours"):
        assert words in text


def test_pushing_is_explained(service: Any, vera: Any, client_for: Any) -> None:
    sli = push_sli(service=service)
    assert f"/api/v1/slis/{sli.public_id}/counts/" in page(sli, client_for(vera))


def test_a_query_is_shown_with_its_server(service: Any, alice: Any, client_for: Any) -> None:
    settings = {"mode": "ratio", "total": "t_total", "server": "prm_1"}
    sli = SliFactory(service=service, kind="prometheus", source="", settings=settings)
    now = timezone.now()
    server = PrometheusServerFactory(team=service.team, name="central")
    PrometheusFeed.objects.create(sli=sli, server=server, next_read_at=now, minutes_from=now, backfill_at=now)
    text = page(sli, client_for(alice))
    for words in ("central", "t_total", "being filled in", f"/slis/{sli.public_id}/edit/"):
        assert words in text


def test_probe_and_heartbeat_are_led_to(service: Any, vera: Any, client_for: Any) -> None:
    probe, heartbeat = ProbeFactory(service=service), HeartbeatFactory(service=service)
    sli = SliFactory(service=service, kind="probe", source="", probe=probe)
    assert f"/probes/{probe.public_id}/" in page(sli, client_for(vera))
    assert f"/heartbeats/{heartbeat.public_id}/" in page(heartbeat.sli, client_for(vera))


def test_a_heartbeat_that_is_gone_leaves_its_sli(service: Any, vera: Any, client_for: Any) -> None:
    assert "Heartbeat" in page(SliFactory(service=service, kind="heartbeat", source=""), client_for(vera))


def test_an_sli_of_a_private_team_is_not_found(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert client_for(charlie).get(f"/slis/{push_sli(service=service).public_id}/").status_code == 404
