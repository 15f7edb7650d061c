"""What probes show: the state at each location, and the state of the probe that they make together."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from django.db import connection

from slo.domain.locations import Sight, aggregate, is_fresh
from slo.domain.probing import Outcome, ProbeState, Visible, next_visible
from slo.models import ProbeLocation
from slo.services import bulk
from slo.services.claims import Claim

REASON = 300
SHOWN_AGAIN_AFTER = timedelta(seconds=55)

PLACES = """
SELECT place.id, place.probe_id, place.state, place.streak, place.last_ok, place.last_run_at,
    probe.up_threshold, probe.down_threshold, probe.interval, probe.timeout, probe.down_locations,
    cardinality(probe.locations), probe.state, probe.last_ok, probe.last_run_at, probe.last_phase, probe.last_reason
FROM slo_probelocation AS place JOIN slo_probe AS probe ON probe.id = place.probe_id
WHERE place.id = ANY(%s) AND NOT probe.is_paused
ORDER BY place.id FOR NO KEY UPDATE OF place
"""
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


class _Place(NamedTuple):
    """One location of a probe with what both show; not a model instance, which would cost more than the rest."""

    place_id: int
    probe_id: int
    state: str
    streak: int
    last_ok: bool | None
    last_run_at: datetime | None
    up_threshold: int
    down_threshold: int
    interval: timedelta
    timeout: timedelta
    down_locations: int | None
    number_of_locations: int
    probe_state: str
    told_ok: bool | None
    told_at: datetime | None
    told_phase: str
    told_reason: str


def show(finished: Sequence[Ran], *, now: datetime) -> None:
    """Brings the locations up to their latest runs, and those probes that changed or were shown a minute ago.

    Whoever holds the row of a probe keeps this from waiting: the next run shows what this one could not.
    """
    if not finished:
        return
    latest = {one.claim.place_id: one for one in sorted(finished, key=lambda one: one.at)}
    places = [place for place in _locked(list(latest)) if _is_newer(latest[place.place_id], place)]
    rows = [_shown(place, latest[place.place_id]) for place in places]
    bulk.execute(SHOW_PLACES, rows)
    siblings = _siblings([place.probe_id for place in places if place.number_of_locations > 1])
    views = [_view(place, row, siblings, now) for place, row in zip(places, rows, strict=True)]
    bulk.execute(SHOW_PROBES, [view for view in views if view is not None])


def _locked(place_ids: list[int]) -> list[_Place]:
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [place_ids])
        return [_Place(*row) for row in cursor.fetchall()]


def _is_newer(one: Ran, place: _Place) -> bool:
    return place.last_run_at is None or place.last_run_at <= one.at


def _shown(place: _Place, one: Ran) -> dict[str, Any]:
    outcome = one.outcome
    visible = next_visible(
        Visible(ProbeState(place.state), place.streak, place.last_ok),
        [outcome.ok],
        up_threshold=place.up_threshold,
        down_threshold=place.down_threshold,
    )
    return {
        "id": place.place_id,
        "lease_until": one.claim.lease_until,
        "state": visible.state.value,
        "streak": visible.streak,
        "last_ok": outcome.ok,
        "last_run_at": one.at,
        "last_latency": outcome.latency,
        "last_phase": outcome.phase,
        "last_reason": outcome.reason[:REASON],
    }


def _siblings(probe_ids: list[int]) -> dict[int, list[Sight]]:
    """What all locations of those probes show that have several."""
    found: dict[int, list[Sight]] = {}
    rows = ProbeLocation.objects.filter(probe__in=probe_ids).values_list("probe_id", "state", "last_run_at")
    for probe_id, state, last_run_at in rows if probe_ids else []:
        found.setdefault(probe_id, []).append(Sight(ProbeState(state), last_run_at))
    return found


def _view(
    place: _Place, row: dict[str, Any], siblings: Mapping[int, Sequence[Sight]], now: datetime
) -> dict[str, Any] | None:
    """What the probe has to show now, None when that is nothing new."""
    own = Sight(ProbeState(row["state"]), row["last_run_at"])
    measuring = [
        sight
        for sight in siblings.get(place.probe_id, [own])
        if is_fresh(sight.last_run_at, interval=place.interval, timeout=place.timeout, now=now)
    ]
    state = aggregate(measuring, down_locations=place.down_locations).value
    if state == place.probe_state and not _is_news(place, row):
        return None
    return {**row, "id": place.probe_id, "state": state}


def _is_news(place: _Place, row: Mapping[str, Any]) -> bool:
    told = (place.told_ok, place.told_phase, place.told_reason)
    if place.told_at is None or told != (row["last_ok"], row["last_phase"], row["last_reason"]):
        return True
    return bool(row["last_run_at"] - place.told_at >= SHOWN_AGAIN_AFTER)
