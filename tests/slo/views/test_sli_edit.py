from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.models import Sli
from slo.services import source_slis
from tests.factories.sources import PrometheusServerFactory, push_sli

pytestmark = pytest.mark.django_db

RATIO = {"mode": "ratio", "bad": "e_total", "total": "t_total"}


@pytest.fixture
def sli(service: Any, now: datetime) -> Sli:
    return source_slis.create_prometheus_sli(
        actor=Actor.system("tests"),
        service=service,
        server=PrometheusServerFactory(team=service.team),
        name="requests",
        settings=RATIO,
        now=now,
    )


def form(sli: Sli, **more: str) -> dict[str, str]:
    usual = {"name": "requests", "server": sli.settings["server"], "every_minutes": "1"}
    return usual | {"bad": "e_total", "total": "all_total"} | more


def test_the_query_is_shown_and_changed(sli: Sli, alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/slis/{sli.public_id}/edit/"
    assert 'value="t_total"' in client.get(url).content.decode()
    assert client.post(url, form(sli)).status_code == 302
    sli.refresh_from_db()
    assert sli.settings["total"] == "all_total"


def test_another_mode_is_taken(sli: Sli, alice: Any, client_for: Any) -> None:
    gauge = {"query": "max(age)", "comparison": "<", "limit": "60"}
    client_for(alice).post(f"/slis/{sli.public_id}/edit/?mode=gauge", form(sli, **gauge))
    sli.refresh_from_db()
    assert (sli.settings["mode"], sli.settings["limit"]) == ("gauge", "60")


def test_trying_changes_nothing(sli: Sli, alice: Any, client_for: Any) -> None:
    text = client_for(alice).post(f"/slis/{sli.public_id}/edit/", form(sli, **{"try": "1"})).content.decode()
    assert "private address" in text
    sli.refresh_from_db()
    assert sli.settings["total"] == "t_total"


def test_what_is_wrong_stands_at_its_field(sli: Sli, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(f"/slis/{sli.public_id}/edit/", form(sli, total="rate(x[1m])"))
    assert "no function, no range" in response.content.decode()


def test_other_slis_have_nothing_to_edit(service: Any, alice: Any, client_for: Any) -> None:
    sli = push_sli(service=service)
    assert client_for(alice).get(f"/slis/{sli.public_id}/edit/").url == f"/slis/{sli.public_id}/"


def test_only_managers_change_it(sli: Sli, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(f"/slis/{sli.public_id}/edit/").status_code == 403
