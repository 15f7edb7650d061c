"""SLIs that count how many runs of a probe answered in time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from slo.domain.streams import MinuteRow
from slo.domain.windows import MINUTE, floor_to
from slo.models import ProbeResult, Sli, StreamPart
from slo.services import counts

MILLISECOND = timedelta(milliseconds=1)
Run = tuple[int, datetime, bool, timedelta]
"""The SLI of the probe, when it ran, whether all was well, and how long it took."""


@transaction.atomic
def ensure_latency_sli(*, sli: Sli, limit_ms: Decimal, now: datetime) -> Sli:
    """The SLI of the probe of `sli` in which a run is good when it is well within `limit_ms`; a repeat changes nothing.

    A new one is filled from the results that are kept.
    """
    limit = f"{limit_ms.normalize():f}"
    probe = sli.probe
    if probe is None:
        return sli
    settings = {"probe": probe.public_id, "limit_ms": limit}
    found = Sli.objects.filter(service_id=sli.service_id, kind="probe_latency", settings=settings).first()
    if found is not None:
        return found
    made = Sli.objects.create(
        service_id=sli.service_id,
        kind="probe_latency",
        name=f"{sli.name[:90]} within {limit} ms",
        settings=settings,
        every=sli.every,
        started_at=sli.started_at,
        created_at=now,
    )
    StreamPart.objects.create(stream=made, parent=sli)
    results = ProbeResult.objects.filter(probe=probe).values_list("at", "ok", "latency")
    counts.add_minutes(latency_rows((sli.pk, at, ok, latency) for at, ok, latency in results), now=now)
    return made


def latency_rows(runs: Iterable[Run]) -> list[MinuteRow]:
    """What runs of probes add to the SLIs of their latency; one look-up, nothing for probes without any."""
    known = list(runs)
    followers: dict[int, list[tuple[int, timedelta]]] = {}
    links = StreamPart.objects.filter(parent_id__in={run[0] for run in known}, stream__kind="probe_latency")
    for parent_id, stream_id, settings in links.values_list("parent_id", "stream_id", "stream__settings"):
        limit = float(settings["limit_ms"]) * MILLISECOND
        followers.setdefault(parent_id, []).append((stream_id, limit))
    return [
        MinuteRow(stream_id, floor_to(at, MINUTE), int(ok and latency <= limit), 1)
        for sli_id, at, ok, latency in known
        for stream_id, limit in followers.get(sli_id, [])
    ]
