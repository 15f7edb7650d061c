"""The page of one probe."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from slo.domain.probing import Outcome
from slo.models import Sli
from slo.services.probing import Claim, Finished, store
from tests.factories.slo import ProbeFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
GOOD = Outcome(ok=True, latency=timedelta(milliseconds=42), status=200)
BAD = Outcome(ok=False, latency=timedelta(0), phase="tls", reason="The certificate has expired.")


@pytest.fixture
def probe(service: Any, now: datetime) -> Any:
    """A probe with two results and an SLO."""
    probe = ProbeFactory(service=service, name="Home")
    sli = Sli.objects.create(service=service, kind="probe", probe=probe, name="Home", started_at=now, created_at=now)
    SloStatusFactory(slo__service=service, slo__sli=sli, slo__name="Home answers")
    slots = [now - timedelta(minutes=2), now - timedelta(minutes=1)]
    outcomes = zip(slots, [GOOD, BAD], strict=True)
    store([Finished(Claim(probe.spec, slot, slot), outcome) for slot, outcome in outcomes], now=now)
    return probe


def test_it_shows_results_reasons_and_slos(probe: Any, vera: Any, client_for: Any, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        page = client_for(vera).get(f"/probes/{probe.public_id}/").content.decode()
    assert "The certificate has expired." in page
    assert "1 of 2" in page
    assert "Home answers" in page
    assert "/edit/" not in page


def test_a_failure_without_an_answer_says_its_phase(probe: Any, vera: Any, client_for: Any, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        page = client_for(vera).get(f"/probes/{probe.public_id}/").content.decode()
    assert "The last run failed (tls). The certificate has expired. There was no answer." in page


def test_old_results_are_left_out(probe: Any, vera: Any, client_for: Any, now: datetime) -> None:
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert b"No results yet" in client_for(vera).get(f"/probes/{probe.public_id}/").content


def test_a_manager_can_edit_and_pause(probe: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).get(f"/probes/{probe.public_id}/").content.decode()
    assert f"/probes/{probe.public_id}/edit/" in page
    assert f"/probes/{probe.public_id}/pause/" in page


def test_an_unknown_probe_is_not_found(vera: Any, client_for: Any) -> None:
    assert client_for(vera).get("/probes/prb_nothing/").status_code == 404
