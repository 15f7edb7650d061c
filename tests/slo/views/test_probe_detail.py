"""The page of one probe."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from portal.accounts.models import Team
from slo.domain.probing import Outcome
from slo.models import Probe
from tests.factories.slo import SloStatusFactory
from tests.slo.services.runs import counted_probe, runs

pytestmark = pytest.mark.django_db
GOOD = Outcome(ok=True, latency=timedelta(milliseconds=42), status=200, timings=(("connect", 2.0), ("wait", 40.0)))
BAD = Outcome(
    ok=False,
    latency=timedelta(0),
    phase="tls",
    reason="The certificate has expired.",
    timings=(("connect", 2.0), ("tls", 9.5)),
    sample="status 503\n\nsorry",
)


@pytest.fixture
def probe(service: Any, now: datetime) -> Probe:
    """A probe with two results and an SLO."""
    made = counted_probe(service=service, now=now - timedelta(minutes=4), name="Home")
    SloStatusFactory(slo__service=service, slo__sli=made.sli, slo__name="Home answers")
    return runs(made, now - timedelta(minutes=4), [GOOD, BAD])


@pytest.fixture
def seen(probe: Probe, vera: Any, client_for: Any, now: datetime) -> str:
    """What a viewer sees soon after."""
    with time_machine.travel(now, tick=False):
        return str(client_for(vera).get(f"/probes/{probe.public_id}/").content.decode())


def test_it_tells_all_that_is_known(seen: str) -> None:
    shown = [
        "The last run failed (tls). The certificate has expired. There was no answer.",
        "4 Mar 2026: 50.00\u00a0%, 1 of 2 bad",
        "connect 2 ms, tls 9.5 ms",
        "sorry",
        "Home answers",
        "90 days",
        "not measured",
    ]
    assert [one for one in shown if one not in seen] == []


def test_a_viewer_is_offered_no_change(seen: str) -> None:
    assert "/edit/" not in seen


def test_old_results_are_left_out(probe: Probe, vera: Any, client_for: Any, now: datetime) -> None:
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert b"No results yet" in client_for(vera).get(f"/probes/{probe.public_id}/").content


def test_a_manager_can_edit_and_pause(probe: Probe, alice: Any, client_for: Any) -> None:
    page = client_for(alice).get(f"/probes/{probe.public_id}/").content.decode()
    assert f"/probes/{probe.public_id}/edit/" in page
    assert f"/probes/{probe.public_id}/pause/" in page


def test_an_unknown_probe_is_not_found(vera: Any, client_for: Any) -> None:
    assert client_for(vera).get("/probes/prb_nothing/").status_code == 404


def test_a_private_probe_of_others_is_not_found(probe: Probe, charlie: Any, client_for: Any) -> None:
    Team.objects.update(is_private=True)
    assert client_for(charlie).get(f"/probes/{probe.public_id}/").status_code == 404
