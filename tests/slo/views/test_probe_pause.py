"""Pausing a probe."""

from typing import Any

import pytest

from slo.models import Probe
from tests.factories.slo import ProbeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def probe(service: Any) -> Probe:
    found: Probe = ProbeFactory(service=service)
    return found


def test_it_asks_first(probe: Probe, alice: Any, client_for: Any) -> None:
    assert (
        b"Nothing is measured while it is paused" in client_for(alice).get(f"/probes/{probe.public_id}/pause/").content
    )


def test_it_pauses_and_runs_again(probe: Probe, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    client.post(f"/probes/{probe.public_id}/pause/", {"paused": "1"})
    assert Probe.objects.get().is_paused
    assert b"It runs again at its next slot" in client.get(f"/probes/{probe.public_id}/pause/").content
    client.post(f"/probes/{probe.public_id}/pause/", {"paused": "0"})
    assert Probe.objects.get().next_run_at is not None


def test_a_responder_may_not(probe: Probe, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/probes/{probe.public_id}/pause/", {"paused": "1"}).status_code == 403
