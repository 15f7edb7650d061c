"""What probes show: the state at each location, and the state of the probe that they make together."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db.models import QuerySet

from slo.domain.locations import Sight, aggregate, is_fresh
from slo.domain.probing import Outcome, ProbeState, next_visible
from slo.models import Probe, ProbeLocation
from slo.services import bulk
from slo.services.claims import Claim

REASON = 300
SHOWN_AGAIN_AFTER = timedelta(seconds=55)

SHOW_PLACES = """
UPDATE slo_probelocation AS place
SET state = r.state, streak = r.streak, last_ok = r.last_ok, last_run_at = r.last_run_at,
    last_latency = make_interval(secs => r.last_latency), last_phase = r.last_phase, last_reason = r.last_reason,
    lease_until = CASE WHEN place.lease_until = r.lease_until THEN NULL ELSE place.lease_until END,
    state_since = CASE WHEN place.state = r.state THEN place.state_since ELSE r.last_run_at END
FROM json_to_recordset(%s) AS r(id bigint, state varchar, streak integer, last_ok boolean, last_run_at timestamptz,
    last_latency double precision, last_phase varchar, last_reason varchar, lease_until timestamptz)
WHERE place.id = r.id
"""
SHOW_PROBES = """
WITH r AS (
    SELECT * FROM json_to_recordset(%s) AS r(id bigint, state varchar, streak integer, last_ok boolean,
        last_run_at timestamptz, last_latency double precision, last_phase varchar, last_reason varchar)
), free AS (
    SELECT id FROM slo_probe WHERE id IN (SELECT id FROM r) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE slo_probe AS probe
SET state = r.state, streak = r.streak, last_ok = r.last_ok, last_run_at = r.last_run_at,
    last_latency = make_interval(secs => r.last_latency), last_phase = r.last_phase, last_reason = r.last_reason,
    state_since = CASE WHEN probe.state = r.state THEN probe.state_since ELSE r.last_run_at END
FROM r JOIN free ON free.id = r.id
WHERE probe.id = r.id
"""


class Ran(Protocol):
    """A claim, what came of it, and when its run began."""

    @property
    def claim(self) -> Claim: ...

    @property
    def outcome(self) -> Outcome: ...

    @property
    def at(self) -> datetime: ...


def show(finished: Sequence[Ran], *, now: datetime) -> None:
    """Brings the locations up to their latest runs, and those probes that changed or were shown a minute ago.

    Whoever holds the row of a probe keeps this from waiting: the next run shows what this one could not.
    """
    if not finished:
        return
    latest = {one.claim.place_id: one for one in sorted(finished, key=lambda one: one.at)}
    locked = _locked(list(latest))
    places = [place for place in locked if place.last_run_at is None or place.last_run_at <= latest[place.pk].at]
    bulk.execute(SHOW_PLACES, [_shown(place, latest[place.pk]) for place in places])
    views = _views({place.probe_id: place for place in places}, now)
    bulk.execute(SHOW_PROBES, [view for view in views if view is not None])


def _locked(place_ids: list[int]) -> QuerySet[ProbeLocation]:
    free = ProbeLocation.objects.select_for_update(of=("self",)).select_related("probe")
    return free.filter(pk__in=place_ids, probe__is_paused=False).order_by("pk")


def _shown(place: ProbeLocation, one: Ran) -> dict[str, Any]:
    probe, outcome = place.probe, one.outcome
    visible = next_visible(
        place.visible, [outcome.ok], up_threshold=probe.up_threshold, down_threshold=probe.down_threshold
    )
    place.state, place.streak, place.last_ok = visible.state.value, visible.streak, outcome.ok
    place.last_run_at, place.last_latency = one.at, outcome.latency
    place.last_phase, place.last_reason = outcome.phase, outcome.reason[:REASON]
    return {"id": place.pk, "lease_until": one.claim.lease_until, "state": place.state, **_last(place)}


def _last(place: ProbeLocation) -> dict[str, Any]:
    names = ("streak", "last_ok", "last_run_at", "last_latency", "last_phase", "last_reason")
    return {name: getattr(place, name) for name in names}


def _views(places: Mapping[int, ProbeLocation], now: datetime) -> list[dict[str, Any] | None]:
    several = [probe_id for probe_id, place in places.items() if len(place.probe.locations) > 1]
    siblings: dict[int, list[ProbeLocation]] = {}
    for sibling in ProbeLocation.objects.filter(probe__in=several):
        siblings.setdefault(sibling.probe_id, []).append(sibling)
    return [_view(place, siblings.get(probe_id, [place]), now) for probe_id, place in places.items()]


def _view(place: ProbeLocation, all_places: Sequence[ProbeLocation], now: datetime) -> dict[str, Any] | None:
    probe = place.probe
    measuring = [
        Sight(ProbeState(one.state), one.last_run_at)
        for one in all_places
        if is_fresh(one.last_run_at, interval=probe.interval, timeout=probe.timeout, now=now)
    ]
    state = aggregate(measuring, down_locations=probe.down_locations).value
    if state == probe.state and not _is_news(probe, place):
        return None
    return {"id": probe.pk, "state": state, **_last(place)}


def _is_news(probe: Probe, place: ProbeLocation) -> bool:
    told = (probe.last_ok, probe.last_phase, probe.last_reason)
    if (
        probe.last_run_at is None
        or place.last_run_at is None
        or told
        != (
            place.last_ok,
            place.last_phase,
            place.last_reason,
        )
    ):
        return True
    return place.last_run_at - probe.last_run_at >= SHOWN_AGAIN_AFTER
