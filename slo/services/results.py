"""Storing what runs of probes found: the results, the minutes of their SLIs, and what the probes show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.lib import partitions
from slo.domain.probing import Outcome
from slo.domain.windows import MINUTE, floor_to
from slo.models import ProbeResult, Sli
from slo.services import bulk, claims, counts, latencies, sights
from slo.services.claims import Claim

REASON = 300

ADD_RESULTS = """
INSERT INTO slo_proberesult
    (probe_id, slot_at, location, at, ok, latency, status, phase, reason, timings, sample)
SELECT probe_id, slot_at, location, at, ok, make_interval(secs => latency), status, phase, reason, timings, sample
FROM json_to_recordset(%s) AS r(probe_id bigint, slot_at timestamptz, location varchar, at timestamptz, ok boolean,
    latency double precision, status smallint, phase varchar, reason varchar, timings jsonb, sample text)
ON CONFLICT (probe_id, slot_at, location) DO NOTHING RETURNING probe_id, slot_at, location
"""


@dataclass(frozen=True, slots=True)
class Finished:
    """A claim, what came of it, and when its run began."""

    claim: Claim
    outcome: Outcome
    at: datetime

    @property
    def lag(self) -> timedelta:
        """How long after its slot the run began."""
        return self.at - self.claim.slot_at

    @property
    def identity(self) -> tuple[int, datetime, str]:
        """What its result is stored under."""
        return self.claim.spec.probe_id, self.claim.slot_at, self.claim.location


@transaction.atomic
def store(finished: Sequence[Finished], *, now: datetime) -> int:
    """Stores results, adds them to the minutes of their SLIs and shows them on their probes, all or nothing.

    A slot that is stored already is dropped and counted nowhere a second time. A run that measured nothing is a
    missed slot: neither good nor bad.
    """
    claims.give_up(one.claim for one in finished if not one.outcome.measured)
    measured = list({one.identity: one for one in finished if one.outcome.measured}.values())
    if not measured:
        return 0
    days = [one.claim.slot_at.date() for one in measured]
    partitions.ensure(ProbeResult._meta.db_table, min(days), max(days))
    added = set(bulk.execute(ADD_RESULTS, [_result(one) for one in measured]))
    fresh = [one for one in measured if one.identity in added]
    _count(fresh, now)
    sights.show(fresh, now=now)
    return len(fresh)


def _result(one: Finished) -> dict[str, Any]:
    claim, outcome = one.claim, one.outcome
    return {
        "probe_id": claim.spec.probe_id,
        "slot_at": claim.slot_at,
        "location": claim.location,
        "at": one.at,
        "ok": outcome.ok,
        "latency": outcome.latency,
        "status": outcome.status,
        "phase": outcome.phase,
        "reason": outcome.reason[:REASON],
        "timings": outcome.timings or None,
        "sample": outcome.sample,
    }


def _count(fresh: Sequence[Finished], now: datetime) -> None:
    probe_ids = [one.claim.spec.probe_id for one in fresh]
    slis = dict(Sli.objects.filter(probe_id__in=probe_ids).values_list("probe_id", "pk"))
    runs = [
        (slis[one.claim.spec.probe_id], one.at, one.outcome.ok, one.outcome.latency)
        for one in fresh
        if one.claim.spec.probe_id in slis
    ]
    rows = [counts.MinuteRow(sli_id, floor_to(at, MINUTE), int(ok), 1) for sli_id, at, ok, _ in runs]
    counts.add_minutes(rows + latencies.latency_rows(runs), now=now)
