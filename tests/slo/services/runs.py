"""Runs of probes without a network: claimed for real, answered by the test, stored for real."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from slo.domain.probing import Outcome
from slo.models import Probe, Sli
from slo.services import claims, results
from slo.services.results import Finished
from tests.factories.slo import ProbeFactory

GOOD = Outcome(ok=True, latency=timedelta(milliseconds=120), status=200)
BAD = Outcome(ok=False, latency=timedelta(0), phase="connect", reason="Nobody listens.")
UNMEASURED = Outcome(ok=False, latency=timedelta(0), reason="No file descriptors.", measured=False)


def counted_probe(*, service: Any, now: datetime, **fields: Any) -> Probe:
    """A probe that is due, with its SLI."""
    probe: Probe = ProbeFactory(service=service, next_run_at=now, **fields)
    Sli.objects.create(service=service, kind="probe", probe=probe, name=probe.name, started_at=now, created_at=now)
    return probe


def finish(now: datetime, outcome: Outcome, *, location: str = "main") -> list[Finished]:
    """What is due, run at once with this outcome."""
    return [Finished(claim, outcome, now) for claim in claims.claim_due(now=now, location=location)]


def run(now: datetime, outcome: Outcome, *, location: str = "main") -> int:
    """Runs what is due and stores it."""
    return results.store(finish(now, outcome, location=location), now=now)


def runs(probe: Probe, now: datetime, outcomes: Sequence[Outcome], *, location: str = "main") -> Probe:
    """One run an interval, the first at `now`."""
    for number, outcome in enumerate(outcomes):
        run(now + number * probe.interval, outcome, location=location)
    probe.refresh_from_db()
    return probe
