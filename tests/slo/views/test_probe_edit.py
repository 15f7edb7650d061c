"""Changing a probe by the form."""

from datetime import timedelta
from typing import Any

import pytest

from slo.clients import credentials
from slo.models import Probe
from slo.services import probes
from tests.factories.slo import ProbeFactory
from tests.slo.views.test_probe_create import FORM

pytestmark = pytest.mark.django_db
TOKEN = "tok-123456789"


@pytest.fixture
def probe(service: Any) -> Probe:
    found: Probe = ProbeFactory(
        service=service,
        url="https://example.com/",
        latency_limit=timedelta(milliseconds=1500),
        options={
            "headers": {"Accept": "text/html"},
            "assertions": [{"subject": "size", "comparison": "at_most", "value": "77"}],
        },
        credentials=credentials.sealed({"token": TOKEN}),
    )
    return found


def test_the_form_shows_what_is_stored_but_no_credentials(probe: Probe, alice: Any, client_for: Any) -> None:
    page = client_for(alice).get(f"/probes/{probe.public_id}/edit/").content.decode()
    assert all(shown in page for shown in ('value="1500"', "Accept: text/html", 'value="77"', "It is set"))
    assert TOKEN not in page


def test_a_change_is_saved_and_credentials_stay(probe: Probe, alice: Any, client_for: Any) -> None:
    client_for(alice).post(f"/probes/{probe.public_id}/edit/", FORM)
    probe.refresh_from_db()
    assert (probe.name, probe.interval, probe.version) == ("Home", timedelta(seconds=30), 2)
    assert (probe.options, probes.secret_names(probe)) == ({}, ["token"])


def test_credentials_are_taken_away(probe: Probe, alice: Any, client_for: Any) -> None:
    client_for(alice).post(f"/probes/{probe.public_id}/edit/", {**FORM, "forget_token": "on"})
    probe.refresh_from_db()
    assert probe.credentials == ""


def test_wrong_input_changes_nothing(probe: Probe, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(f"/probes/{probe.public_id}/edit/", {**FORM, "url": "nothing"})
    probe.refresh_from_db()
    assert (response.status_code, probe.version) == (200, 1)


@pytest.mark.parametrize("action", ["save", "try"])
def test_credentials_do_not_follow_to_another_target(probe: Probe, alice: Any, client_for: Any, action: str) -> None:
    data = {**FORM, "url": "https://evil.example/", "action": action}
    response = client_for(alice).post(f"/probes/{probe.public_id}/edit/", data)
    assert b"The target changed: enter the credentials again" in response.content


def test_a_responder_may_not(probe: Probe, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/probes/{probe.public_id}/edit/", FORM).status_code == 403
