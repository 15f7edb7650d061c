"""The page without a server that answers; tests/slo/services/test_prometheus.py asks a real one."""

from typing import Any

import pytest

from slo.models import PrometheusServer, Sli
from tests.factories.sources import PrometheusServerFactory

pytestmark = pytest.mark.django_db

URL = "/slis/new/prometheus/?service=checkout"


@pytest.fixture
def server(service: Any) -> PrometheusServer:
    made: PrometheusServer = PrometheusServerFactory(team=service.team)
    return made


def form(server: PrometheusServer, **more: str) -> dict[str, str]:
    usual = {"name": "requests", "server": server.public_id, "every_minutes": "1", "backfill_days": "30"}
    return usual | {"bad": 'r_total{code=~"5.."}', "total": "r_total"} | more


def test_a_server_comes_first(service: Any, alice: Any, client_for: Any) -> None:
    assert "/sources/new/" in client_for(alice).get(URL).content.decode()


@pytest.mark.parametrize(
    ("mode", "asked"),
    [
        ("ratio", "Or bad events"),
        ("latency_bucket", "Fast is up to"),
        ("gauge", "Good is"),
        ("expression", "extrapolates"),
    ],
)
def test_each_mode_asks_for_its_own(server: Any, alice: Any, client_for: Any, mode: str, asked: str) -> None:
    assert asked in client_for(alice).get(f"{URL}&mode={mode}").content.decode()


def test_an_sli_is_made(server: PrometheusServer, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(URL, form(server))
    sli = Sli.objects.get()
    assert response.url == f"/slis/{sli.public_id}/"
    assert sli.settings == {
        "mode": "ratio",
        "bad": 'r_total{code=~"5.."}',
        "total": "r_total",
        "server": server.public_id,
    }


def test_trying_says_why_it_fails_and_saves_nothing(server: Any, alice: Any, client_for: Any) -> None:
    text = client_for(alice).post(URL, form(server, **{"try": "1"})).content.decode()
    assert "private address" in text
    assert 'value="requests"' in text
    assert not Sli.objects.exists()


def test_what_is_wrong_stands_at_its_field(server: Any, alice: Any, client_for: Any) -> None:
    text = client_for(alice).post(URL, form(server, total="sum(r_total)")).content.decode()
    assert "no function, no range" in text


def test_only_managers_make_one(server: PrometheusServer, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(URL, form(server)).status_code == 403
