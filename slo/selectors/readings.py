"""Reading all windows of all SLOs that are refreshed together, with few queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from slo.domain.exhaustion import Leaving
from slo.domain.windows import HOUR, MINUTES_REACH, STEPS, Grain, floor_to, pieces
from slo.models import Sli
from slo.selectors.windows import ROW, SOURCES, rolled, window_sums

Sums = Sequence[int]
NOTHING: Sums = (0, 0, 0)
MANY = 500


@dataclass(frozen=True, slots=True)
class Readings:
    """The sums of windows that all end at the same time: those of the last three days, and what lies before them."""

    places: Mapping[datetime, int]
    near: Mapping[int, Sums]
    far: Mapping[datetime, Mapping[int, Sums]]
    near_from: datetime

    def sums(self, sli_id: int, start: datetime) -> Sums:
        """Good, total and measured minutes since `start`."""
        row = self.near.get(sli_id)
        place = self.places.get(start)
        if place is not None:
            return row[place : place + ROW] if row else NOTHING
        place = self.places[self.near_from]
        near = row[place : place + ROW] if row else NOTHING
        before = self.far[start].get(sli_id)
        return near if before is None else [one + other for one, other in zip(near, before, strict=True)]


def read_windows(starts: Mapping[int, Collection[datetime]], end: datetime) -> Readings:
    """The windows of each SLI that begin at its `starts` and end at `end`.

    The last three days are read once for all SLIs, what lies before them once for each different start.
    """
    state, near_from = rolled(), floor_to(end - MINUTES_REACH, HOUR)
    far: dict[datetime, list[int]] = defaultdict(list)
    near = {near_from}
    for sli_id, wanted in starts.items():
        for start in wanted:
            if start < near_from:
                far[start].append(sli_id)
            else:
                near.add(start)
    order = sorted(near)
    return Readings(
        places={start: ROW * number for number, start in enumerate(order)},
        near=window_sums([(start, end) for start in order], sli_ids=chosen(starts), state=state),
        far={start: window_sums([(start, near_from)], sli_ids=chosen(ids), state=state) for start, ids in far.items()},
        near_from=near_from,
    )


def chosen(sli_ids: Collection[int], *, many: int = MANY) -> Collection[int] | None:
    """`sli_ids` to look for, or None where they are so many that reading the times of all SLIs is cheaper.

    Rows stand in the order of time: half of the SLIs lie on the same pages as all of them.
    """
    if len(sli_ids) < many or 2 * len(sli_ids) < Sli.objects.count():
        return sli_ids
    return None


def leaving(starts: Mapping[int, datetime], end: datetime) -> dict[int, list[Leaving]]:
    """The known bad events of the window `[start, end)` of each SLI, in the days, hours and minutes they stand in."""
    state = rolled()
    groups: dict[datetime, list[int]] = defaultdict(list)
    for sli_id, start in starts.items():
        groups[start].append(sli_id)
    found: dict[int, list[Leaving]] = defaultdict(list)
    for start, sli_ids in groups.items():
        for piece in pieces(start, end, state):
            for sli_id, at, bad in _bad(piece.grain, piece.start, piece.end, sli_ids):
                found[sli_id].append(Leaving(at, at + STEPS[piece.grain], bad))
    return found


def _bad(grain: Grain, start: datetime, end: datetime, sli_ids: list[int]) -> list[tuple[int, datetime, int]]:
    table, column, _ = SOURCES[grain]
    query = f"""
        SELECT sli_id, {column}, total - good FROM {table}
        WHERE sli_id = ANY(%s) AND {column} >= %s AND {column} < %s AND good < total ORDER BY {column}
    """  # noqa: S608 - names of our own tables and columns only
    with connection.cursor() as cursor:
        cursor.execute(query, [sli_ids, start, end])
        return list(cursor.fetchall())
