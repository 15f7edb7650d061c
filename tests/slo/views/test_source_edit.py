from typing import Any

import pytest

from portal.lib import sealing
from slo.models import PrometheusServer
from tests.factories.sources import PrometheusServerFactory

pytestmark = pytest.mark.django_db

FORM = {"name": "central", "url": "https://p.example.com", "auth": "bearer", "timeout": "10", "verify_tls": "on"}


@pytest.fixture
def server(team: Any) -> PrometheusServer:
    made: PrometheusServer = PrometheusServerFactory(
        team=team, url="https://p.example.com", auth="bearer", credentials=sealing.seal("s3cret")
    )
    return made


def test_the_secret_stays_and_is_not_shown(server: PrometheusServer, alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/sources/{server.public_id}/edit/"
    assert "s3cret" not in client.get(url).content.decode()
    assert client.post(url, FORM).status_code == 302
    server.refresh_from_db()
    assert (server.name, sealing.unseal(server.credentials)) == ("central", "s3cret")


def test_another_address_needs_the_secret_again(server: PrometheusServer, alice: Any, client_for: Any) -> None:
    form = FORM | {"url": "https://other.example.com"}
    text = client_for(alice).post(f"/sources/{server.public_id}/edit/", form).content.decode()
    assert "a new address needs it" in text


def test_only_managers_change_it(server: PrometheusServer, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(f"/sources/{server.public_id}/edit/").status_code == 403
