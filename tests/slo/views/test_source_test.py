from typing import Any

import pytest

from tests.factories.sources import PrometheusServerFactory

pytestmark = pytest.mark.django_db


def test_the_reason_is_shown(team: Any, alice: Any, client_for: Any) -> None:
    server = PrometheusServerFactory(team=team, name="central")
    response = client_for(alice).post(f"/sources/{server.public_id}/test/", follow=True)
    assert "central does not answer." in response.content.decode()
    server.refresh_from_db()
    assert "private address" in server.problem


def test_an_answer_is_told(team: Any, alice: Any, client_for: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("slo.clients.prometheus.version", lambda _access: "2.42.0")
    server = PrometheusServerFactory(team=team, name="central")
    response = client_for(alice).post(f"/sources/{server.public_id}/test/", follow=True)
    assert "central answers, version 2.42.0." in response.content.decode()


def test_only_managers_test(team: Any, bob: Any, client_for: Any) -> None:
    url = f"/sources/{PrometheusServerFactory(team=team).public_id}/test/"
    assert client_for(bob).post(url).status_code == 403
    assert client_for(bob).get(url).status_code == 405
