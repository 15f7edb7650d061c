"""Changing a probe by the form."""

from datetime import timedelta
from typing import Any

import pytest

from slo.models import Probe
from tests.factories.slo import ProbeFactory
from tests.slo.views.test_probe_create import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def probe(service: Any) -> Probe:
    found: Probe = ProbeFactory(service=service, latency_limit=timedelta(milliseconds=1500))
    return found


def test_the_form_shows_what_is_stored(probe: Probe, alice: Any, client_for: Any) -> None:
    assert b'value="1500"' in client_for(alice).get(f"/probes/{probe.public_id}/edit/").content


def test_a_change_is_saved(probe: Probe, alice: Any, client_for: Any) -> None:
    client_for(alice).post(f"/probes/{probe.public_id}/edit/", FORM)
    probe.refresh_from_db()
    assert (probe.name, probe.interval, probe.version) == ("Home", timedelta(seconds=30), 2)


def test_wrong_input_changes_nothing(probe: Probe, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(f"/probes/{probe.public_id}/edit/", {**FORM, "url": "nothing"})
    probe.refresh_from_db()
    assert (response.status_code, probe.version) == (200, 1)


def test_a_responder_may_not(probe: Probe, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/probes/{probe.public_id}/edit/", FORM).status_code == 403
