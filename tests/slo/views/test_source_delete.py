from datetime import datetime
from typing import Any

import pytest

from slo.models import PrometheusFeed, PrometheusServer
from tests.factories.slo import SliFactory
from tests.factories.sources import PrometheusServerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(team: Any) -> PrometheusServer:
    made: PrometheusServer = PrometheusServerFactory(team=team, name="central")
    return made


def test_it_asks_first_and_then_removes(server: PrometheusServer, alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/sources/{server.public_id}/remove/"
    assert "Remove central?" in client.get(url).content.decode()
    assert client.post(url).url == "/sources/"
    assert not PrometheusServer.objects.exists()


def test_one_that_is_read_stays(
    server: PrometheusServer, service: Any, now: datetime, alice: Any, client_for: Any
) -> None:
    sli = SliFactory(service=service, kind="prometheus", source="")
    PrometheusFeed.objects.create(sli=sli, server=server, next_read_at=now, minutes_from=now)
    response = client_for(alice).post(f"/sources/{server.public_id}/remove/", follow=True)
    assert "SLIs read this server." in response.content.decode()


def test_only_managers_remove(server: PrometheusServer, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/sources/{server.public_id}/remove/").status_code == 403
