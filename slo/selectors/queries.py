"""Answers to ad-hoc queries, from the rows that the reader may see and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from portal.accounts.domain.actors import Actor
from slo.domain.queries import QUANTILES, Query
from slo.domain.windows import EPOCH, HOUR, Rolled, pieces
from slo.exceptions import QueryTooSlow
from slo.models import Probe, SavedQuery, Sli
from slo.selectors import objectives, probes
from slo.selectors.windows import SOURCES, rolled

MOST_LINES = 12
PATIENCE_MS = 5000
IN_ALL = "all"
SECOND_COLUMN = {"location": "r.location", "phase": "coalesce(nullif(r.phase, ''), 'none')"}
Value = float | None
COUNTS = """
SELECT date_bin(%s, c.{column}, %s), m.label, sum(c.good)::bigint, sum(c.total)::bigint
FROM {table} c JOIN unnest(%s::bigint[], %s::text[]) AS m(id, label) ON c.sli_id = m.id
WHERE c.{column} >= %s AND c.{column} < %s GROUP BY 1, 2
"""
RUNS = """
SELECT date_bin(%s, r.slot_at, %s), {label}, count(*) FILTER (WHERE r.ok), count(*)
FROM slo_proberesult r JOIN unnest(%s::bigint[], %s::text[]) AS m(id, label) ON r.probe_id = m.id
WHERE r.slot_at >= %s AND r.slot_at < %s GROUP BY 1, 2
"""
LATENCIES = """
SELECT date_bin(%s, r.slot_at, %s), {label}, 1000 * {how}
FROM slo_proberesult r JOIN unnest(%s::bigint[], %s::text[]) AS m(id, label) ON r.probe_id = m.id
WHERE r.slot_at >= %s AND r.slot_at < %s AND r.ok GROUP BY 1, 2
"""
SECONDS = "extract(epoch FROM r.latency)::double precision"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line for each label, the largest first, with a value or None for each step; `left_out` lines are missing."""

    query: Query
    steps: list[datetime]
    lines: list[tuple[str, list[Value]]]
    left_out: int = 0


def answer(actor: Actor, query: Query) -> Answer:
    """The numbers of `query`, as far as `actor` may see them; QueryTooSlow after five seconds in the database."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
            found = _of_probes(actor, query) if query.kind.is_of_probes else _of_slis(actor, query)
    except OperationalError as error:
        raise QueryTooSlow from error
    steps = query.steps
    ranked = sorted(found.items(), key=lambda line: (-_weight(line[1]), line[0]))
    lines = [(label, [values.get(step) for step in steps]) for label, values in ranked[:MOST_LINES]]
    return Answer(query, steps, lines, max(0, len(ranked) - MOST_LINES))


def saved_queries(actor: Actor) -> QuerySet[SavedQuery]:
    """The queries that teams of `actor` keep, by name."""
    return SavedQuery.objects.visible_to(actor).select_related("team")


def _weight(values: Mapping[datetime, Value]) -> float:
    return sum(value for value in values.values() if value is not None)


def _of_slis(actor: Actor, query: Query) -> dict[str, dict[datetime, Value]]:
    found = _narrowed(objectives.slis(actor).exclude(kind__in=["derived", "composite"]), query)
    labels = {sli.pk: _label(query.by, sli, sli.name) for sli in found}
    state = Rolled(rolled().hours_until if query.step >= HOUR else EPOCH, EPOCH)
    sums: dict[str, dict[datetime, tuple[int, int]]] = defaultdict(dict)
    for piece in pieces(query.start, query.end, state):
        source = SOURCES[piece.grain]
        statement = COUNTS.format(column=source.column, table=source.table)
        for at, label, good, total in _rows(statement, query, labels, piece.start, piece.end):
            before = sums[label].get(at, (0, 0))
            sums[label][at] = (before[0] + good, before[1] + total)
    return _valued(query, sums)


def _of_probes(actor: Actor, query: Query) -> dict[str, dict[datetime, Value]]:
    found = _narrowed(probes.probes(actor), query)
    labels = {probe.pk: _label(query.by, probe, probe.name) for probe in found}
    column = SECOND_COLUMN.get(query.by, "m.label")
    if query.measure == "latency":
        rows = _rows(LATENCIES.format(label=column, how=_how(query.way)), query, labels, query.start, query.end)
        timed: dict[str, dict[datetime, Value]] = defaultdict(dict)
        for at, label, value in rows:
            timed[label][at] = round(float(value), 3)
        return timed
    sums: dict[str, dict[datetime, tuple[int, int]]] = defaultdict(dict)
    for at, label, good, total in _rows(RUNS.format(label=column), query, labels, query.start, query.end):
        sums[label][at] = (good, total)
    return _valued(query, sums)


def _how(way: str) -> str:
    if way in QUANTILES:
        return f"percentile_cont({QUANTILES[way]}) WITHIN GROUP (ORDER BY {SECONDS})"
    return f"{'avg' if way == 'average' else 'max'}({SECONDS})"


def _valued(query: Query, sums: Mapping[str, Mapping[datetime, tuple[int, int]]]) -> dict[str, dict[datetime, Value]]:
    return {
        label: {at: _value(query, good, total) for at, (good, total) in steps.items()} for label, steps in sums.items()
    }


def _value(query: Query, good: int, total: int) -> Value:
    if query.way == "share":
        return (total - good) / total if total else None
    number = {"good": good, "bad": total - good, "failures": total - good}.get(query.measure, total)
    return number / query.step.total_seconds() if query.way == "rate" else number


def _narrowed(found: Any, query: Query) -> list[Any]:
    where = query.where
    if "team" in where:
        found = found.filter(service__team__slug=where["team"])
    if "service" in where:
        found = found.filter(service__slug=where["service"])
    if "name" in where:
        found = found.filter(name__icontains=where["name"])
    return list(found)


def _label(by: str, one: Sli | Probe, name: str) -> str:
    if by == "team":
        return one.service.team.name
    if by == "service":
        return one.service.name
    return f"{name} ({one.service.name})" if by in {"sli", "probe"} else IN_ALL


def _rows(
    statement: str, query: Query, labels: Mapping[int, str], start: datetime, end: datetime
) -> Iterable[tuple[Any, ...]]:
    values: list[Any] = [query.step, EPOCH, list(labels), list(labels.values()), start, end]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
