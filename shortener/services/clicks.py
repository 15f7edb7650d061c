"""The drain: from the runs that edges shipped to the log, the roll-ups and the outcomes, each record exactly once."""

import logging
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F

from shortener.domain import segments
from shortener.domain.segments import ClickRecord
from shortener.domain.tallies import DAY_US, Arrival, Tally, instant
from shortener.models import DrainDay, Segment
from shortener.services import cursors, enrichment, rollups, visitor_keys

RUNS = 200
BATCH_BYTES = 8_000_000

logger = logging.getLogger(__name__)

TAKE = """
WITH oldest AS (SELECT id, octet_length(body) AS size FROM shortener_segment ORDER BY id LIMIT %s),
    placed AS (SELECT id, sum(size) OVER (ORDER BY id) - size AS before FROM oldest)
SELECT id, edge, number, "offset", body, received_at FROM shortener_segment
WHERE id IN (SELECT id FROM placed WHERE before < %s) ORDER BY edge, number, "offset" FOR UPDATE SKIP LOCKED
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One row of `shortener_segment`."""

    pk: int
    edge: str
    number: int
    offset: int
    body: bytes
    received_at: datetime

    @property
    def segment(self) -> tuple[str, int]:
        return self.edge, self.number

    @property
    def end(self) -> int:
        """Where the next run of the segment begins."""
        return self.offset + len(self.body)

    def behind(self, counted_to: int) -> "Run | None":
        """What of the run lies behind this byte of its segment; None if nothing does."""
        if self.offset >= counted_to or not self.offset:
            return self
        if self.end <= counted_to:
            return None
        return replace(self, offset=counted_to, body=self.body[counted_to - self.offset :])


@dataclass(frozen=True, slots=True)
class Drained:
    """What one call took in; `runs` 0 means that nothing was waiting or that somebody else is draining."""

    runs: int = 0
    repeats: int = 0
    records: int = 0
    clicks: int = 0
    orphans: int = 0


def drain(*, now: datetime) -> Drained:
    """Takes the oldest runs, adds them to everything that counts, and deletes them, in one transaction.

    Exactly once: the runs of a segment are taken in order under one lock, a run at or below its segment's cursor is a
    repeat and is dropped, and the cursor moves with what was counted or not at all.
    """
    with transaction.atomic():
        if not _is_alone():
            return Drained()
        runs = _waiting_runs()
        if not runs:
            return Drained()
        return _count(runs, now)


def drain_all(*, now: datetime, batches: int = 20) -> Drained:
    """Drains until nothing waits or `batches` are done; the sum of what was taken in."""
    total = Drained()
    for _ in range(batches):
        part = drain(now=now)
        if not part.runs:
            break
        total = Drained(
            runs=total.runs + part.runs,
            repeats=total.repeats + part.repeats,
            records=total.records + part.records,
            clicks=total.clicks + part.clicks,
            orphans=total.orphans + part.orphans,
        )
    return total


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [rollups.LOCK])
        return bool(cursor.fetchone()[0])


def _waiting_runs() -> list[Run]:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [RUNS, BATCH_BYTES])
        return [
            Run(pk, edge, number, offset, bytes(body), received)
            for pk, edge, number, offset, body, received in cursor.fetchall()
        ]


def _count(runs: Sequence[Run], now: datetime) -> Drained:
    fresh = _fresh(runs)
    records, torn = _decoded(fresh)
    tally = tallied(records)
    rollups.write(tally)
    cursors.advance({run.segment: run.end for run in fresh if run.offset}, now)
    Segment.objects.filter(pk__in=[run.pk for run in runs]).delete()
    drained = Drained(
        runs=len(runs),
        repeats=len(runs) - len(fresh),
        records=tally.records,
        clicks=len(tally.log),
        orphans=sum(tally.orphans.values()),
    )
    _keep_account(drained, torn, now.date())
    return drained


def tallied(records: Iterable[tuple[ClickRecord, int]]) -> Tally:
    """What the records, each with its plausible time, add up to."""
    tally = Tally()
    secrets: dict[int, bytes] = {}
    for record, at_us in records:
        tally.add_outcome(at_us=at_us, good=record.good)
        if record.is_click:
            day_us = at_us - at_us % DAY_US
            if day_us not in secrets:
                day = instant(day_us).date()
                secrets[day_us] = visitor_keys.keys_of([day])[day]
            tally.add_click(record, enrichment.visit_of(record, secrets[day_us]), at_us)
        elif record.link_id == 0:
            tally.add_orphan(record, at_us)
    return tally


def _decoded(runs: Iterable[Run]) -> tuple[list[tuple[ClickRecord, int]], int]:
    """The records of the runs with their times, and the bytes that were no whole record.

    A run that cannot be read is left out whole: it must not hold up all others for ever.
    """
    records: list[tuple[ClickRecord, int]] = []
    torn = 0
    for run in runs:
        arrival = Arrival.at(run.received_at)
        try:
            records += [(record, arrival.plausible(record.at_us)) for record in segments.decode(run.body)]
            torn += len(run.body) - segments.valid_end(run.body, 0)
        except (IndexError, struct.error):
            logger.exception("The run %s %s+%s cannot be read.", run.edge, run.number, run.offset)
            torn += len(run.body)
    return records, torn


def _fresh(runs: Iterable[Run]) -> list[Run]:
    """What of the runs is not counted yet, in order. A run at offset 0 stands in no segment and is never repeated."""
    ends = cursors.counted({run.segment for run in runs if run.offset})
    fresh = []
    for run in runs:
        rest = run.behind(ends.get(run.segment, 0))
        if rest is not None:
            fresh.append(rest)
            ends[run.segment] = rest.end
    return fresh


def _keep_account(drained: Drained, torn: int, day: date) -> None:
    DrainDay.objects.bulk_create([DrainDay(day=day)], ignore_conflicts=True)
    DrainDay.objects.filter(day=day).update(
        runs=F("runs") + drained.runs,
        repeats=F("repeats") + drained.repeats,
        records=F("records") + drained.records,
        clicks=F("clicks") + drained.clicks,
        orphans=F("orphans") + drained.orphans,
        others=F("others") + drained.records - drained.clicks - drained.orphans,
        torn_bytes=F("torn_bytes") + torn,
    )
