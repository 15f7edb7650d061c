"""Counts over time of one SLI, for graphs."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, EPOCH, HOUR, MINUTE, Piece, Rolled, floor_to, pieces
from slo.selectors.windows import SOURCES, rolled


class Point(NamedTuple):
    """The counts of `[at, at + step)`; None where nothing was measured."""

    at: datetime
    counts: Counts | None


def hours(sli_id: int, *, start: datetime, end: datetime) -> list[Point]:
    """Hour by hour from the hour of `start` to `end`, the open hour as far as it is counted."""
    return _steps(sli_id, floor_to(start, HOUR), end, HOUR, Rolled(rolled().hours_until, EPOCH))


def days(sli_id: int, *, start: datetime, end: datetime) -> list[Point]:
    """Day by day in UTC from the day of `start` to `end`, the open day as far as it is counted."""
    return _steps(sli_id, floor_to(start, DAY), end, DAY, rolled())


def steps(sli_id: int, *, start: datetime, end: datetime, step: timedelta) -> list[Point]:
    """The series in steps of a minute, an hour or a day."""
    return {MINUTE: minutes, HOUR: hours, DAY: days}[step](sli_id, start=start, end=end)


def minutes(sli_id: int, *, start: datetime, end: datetime) -> list[Point]:
    """Minute by minute from the minute of `start` to `end`."""
    return _steps(sli_id, floor_to(start, MINUTE), end, MINUTE, Rolled(EPOCH, EPOCH))


def _steps(sli_id: int, start: datetime, end: datetime, step: timedelta, state: Rolled) -> list[Point]:
    found: dict[datetime, Counts] = {}
    for piece in pieces(start, end, state):
        found |= _read(sli_id, piece, step)
    times = (start + step * number for number in range(-((start - end) // step)))
    return [Point(at, found.get(at)) for at in times]


def _read(sli_id: int, piece: Piece, step: timedelta) -> dict[datetime, Counts]:
    table, column, measured = SOURCES[piece.grain]
    query = f"""
        SELECT date_bin(%s, {column}, %s), sum(good)::bigint, sum(total)::bigint, {measured}
        FROM {table} WHERE sli_id = %s AND {column} >= %s AND {column} < %s GROUP BY 1
    """  # noqa: S608 - names of our own tables and columns only
    with connection.cursor() as cursor:
        values: list[Any] = [step, EPOCH, sli_id, piece.start, piece.end]
        cursor.execute(query, values)
        rows = cursor.fetchall()
    return {at: Counts(good, total, int(measured_minutes)) for at, good, total, measured_minutes in rows}
