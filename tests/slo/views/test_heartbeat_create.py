from typing import Any

import pytest

from slo.models import Heartbeat

pytestmark = pytest.mark.django_db

URL = "/heartbeats/new/?service=checkout"
FORM = {"name": "Nightly", "grace": "30", "severity": "warning"}


def test_the_service_is_chosen_first(service: Any, alice: Any, client_for: Any) -> None:
    assert "?service=checkout" in client_for(alice).get("/heartbeats/new/").content.decode()


@pytest.mark.parametrize(
    ("kind", "asked", "facts"),
    [
        ("period", "A run every", {"period": "60"}),
        ("cron", "Minute, hour, day", {"expression": "0 3 * * *", "zone": "Europe/Vienna"}),
        ("calendar", "As systemd has it", {"expression": "Mon..Fri 02:30", "zone": "UTC"}),
    ],
)
def test_each_kind_asks_for_its_own(
    service: Any, alice: Any, client_for: Any, kind: str, asked: str, facts: dict[str, str]
) -> None:
    client = client_for(alice)
    assert asked in client.get(f"{URL}&kind={kind}").content.decode()
    response = client.post(f"{URL}&kind={kind}", FORM | facts)
    heartbeat = Heartbeat.objects.get()
    assert response.url == f"/heartbeats/{heartbeat.public_id}/"
    assert (heartbeat.schedule_kind, heartbeat.grace.total_seconds()) == (kind, 1800)


def test_what_is_wrong_stands_at_its_field(service: Any, alice: Any, client_for: Any) -> None:
    text = client_for(alice).post(f"{URL}&kind=cron", FORM | {"expression": "soon", "zone": "UTC"}).content.decode()
    assert "no expression such as 30 2" in text
    assert 'value="Nightly"' in text


def test_an_unknown_kind_is_a_period(service: Any, alice: Any, client_for: Any) -> None:
    assert "A run every" in client_for(alice).get(f"{URL}&kind=odd").content.decode()


def test_only_managers_make_one(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(URL, FORM).status_code == 403
