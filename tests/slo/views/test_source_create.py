from typing import Any

import pytest

from slo.models import PrometheusServer
from tests.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db

FORM = {"name": "central", "url": "https://p.example.com", "auth": "bearer", "secret": "s3cret", "timeout": "10"}


def test_a_server_is_added(team: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert "New Prometheus server of Payments" in client.get("/sources/new/").content.decode()
    assert client.post("/sources/new/?team=payments", FORM).url == "/sources/"
    server = PrometheusServer.objects.get()
    assert (server.team, server.verify_tls, "s3cret" in server.credentials) == (team, False, False)


def test_the_team_is_chosen_where_there_are_several(alice: Any, other_team: Any, client_for: Any) -> None:
    MembershipFactory(user=alice, team=other_team, role="manager")
    assert "?team=search" in client_for(alice).get("/sources/new/").content.decode()


def test_what_is_wrong_stands_at_its_field(alice: Any, client_for: Any) -> None:
    text = client_for(alice).post("/sources/new/?team=payments", FORM | {"secret": ""}).content.decode()
    assert "Enter the secret" in text


def test_only_managers_add_one(vera: Any, client_for: Any) -> None:
    client = client_for(vera)
    assert client.post("/sources/new/?team=payments", FORM).status_code == 403
    assert "You manage no team" in client.get("/sources/new/").content.decode()
