"""The drain: from the runs that edges shipped to the log, the roll-ups and the outcomes, each record exactly once."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F

from portal.lib import partitions
from shortener.domain.reading import Reader
from shortener.domain.tallies import Arrival, Tally, day_of, microseconds
from shortener.models import DrainDay
from shortener.services import clicklog, cursors, enrichment, facets, rollups, uniques, visitor_keys
from shortener.services.clicklog import Run
from shortener.services.scopes import Scopes

BATCHES = 8


@dataclass(frozen=True, slots=True)
class Drained:
    """What one call took in; `runs` 0 means that nothing was waiting or that somebody else is draining."""

    runs: int = 0
    repeats: int = 0
    records: int = 0
    clicks: int = 0
    orphans: int = 0
    torn_bytes: int = 0

    def __add__(self, other: "Drained") -> "Drained":
        return Drained(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


class Drain:
    """What a process remembers between batches: links, visitors, and how they are kept."""

    def __init__(self) -> None:
        self.recogniser = enrichment.Recogniser()
        self.reader = Reader(self.recogniser.visit_of)
        self.scopes = Scopes(self.reader)


_drain = Drain()


def drain(*, now: datetime) -> Drained:
    """Takes the oldest runs, adds them to everything that counts, and deletes them, in one transaction.

    Exactly once: one drain works at a time, under a lock that its transaction holds; the runs of a segment are taken
    in order, what lies before the segment's cursor is a repeat and is dropped, and the cursor moves with what was
    counted or not at all.
    """
    with transaction.atomic():
        if not _is_alone():
            return Drained()
        runs = clicklog.waiting_runs()
        if not runs:
            return Drained()
        with _without_collecting():
            return _count(runs, now)


def drain_all(*, now: datetime, batches: int = BATCHES) -> Drained:
    """Drains until nothing waits or `batches` are done, then folds facets if they are due; what was taken in."""
    total = Drained()
    for _ in range(batches):
        part = drain(now=now)
        if not part.runs:
            break
        total += part
    facets.fold_due(now=now)
    return total


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [rollups.LOCK])
        return bool(cursor.fetchone()[0])


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keeps Python from searching for garbage in circles among a million numbers."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _count(runs: Sequence[Run], now: datetime) -> Drained:
    _drain.recogniser.begin()
    tally = _drain.reader.begin()
    _drain.scopes.refresh(now)
    fresh, repeats = _fresh(runs)
    _learn({microseconds(now), *(microseconds(run.received_at) for run in fresh)}, ())
    for piece in clicklog.pieces(fresh):
        _read(piece)
    _write(tally, now)
    cursors.advance({run.segment: run.end for run in fresh if run.offset}, now)
    clicklog.remove(runs)
    orphans = sum(tally.orphans.values())
    drained = Drained(len(runs), repeats, tally.records, tally.clicks, orphans, tally.torn)
    _keep_account(drained, now.date())
    return drained


def _fresh(runs: Iterable[Run]) -> tuple[list[Run], int]:
    """What of the runs is not counted yet, in order, and how many were repeats.

    A run at offset 0 stands in no segment: it was written in its sender's own transaction, and is never repeated.
    """
    ends = cursors.counted({run.segment for run in runs if run.offset})
    fresh: list[Run] = []
    repeats = 0
    for run in runs:
        counted_to = ends.get(run.segment, 0) if run.offset else 0
        if run.end <= counted_to:
            repeats += 1
            continue
        start = max(run.offset, counted_to)
        fresh.append(run._replace(offset=start, size=run.end - start))
        if run.offset:
            ends[run.segment] = run.end
    return fresh, repeats


def _read(runs: Sequence[Run]) -> None:
    """Reads some runs into the log and the tally; what had to wait for a link or a day is read when it is known."""
    reader = _drain.reader
    found = clicklog.bodies(runs)
    clicklog.append(reader.read(found.pop(run.pk)[-run.size :], Arrival.at(run.received_at)) for run in runs)
    strays, reader.strays = reader.strays, []
    if strays:
        _learn({stray.day for stray in strays}, {stray.link for stray in strays})
        groups = groupby(strays, key=lambda stray: (stray.arrival, stray.day))
        clicklog.append(reader.read(b"".join(stray.data for stray in group), arrival) for (arrival, _), group in groups)


def _learn(times: Iterable[int], links: Iterable[int]) -> None:
    """Makes days and links known: keys for the visitors of the days, and their partitions."""
    days = {day_of(at) for at in times}
    unknown = {day for day in days if _start(day) not in _drain.reader.secrets}
    for day, secret in visitor_keys.keys_of(unknown).items() if unknown else ():
        partitions.ensure(clicklog.LOG, day, day)
        _drain.reader.secrets[_start(day)] = secret
    if links:
        _drain.scopes.learn(links)


def _start(day: date) -> int:
    return microseconds(datetime.fromisoformat(f"{day}T00:00:00+00:00"))


def _write(tally: Tally, now: datetime) -> None:
    rollups.write(tally, _drain.reader.scopes, now=now)
    rollups.write_orphans(tally, _drain.scopes.hosts)
    facets.write(tally)
    if tally.days:
        uniques.note_changes(map(day_of, tally.days), now)


def _keep_account(drained: Drained, day: date) -> None:
    DrainDay.objects.bulk_create([DrainDay(day=day)], ignore_conflicts=True)
    DrainDay.objects.filter(day=day).update(
        runs=F("runs") + drained.runs,
        repeats=F("repeats") + drained.repeats,
        records=F("records") + drained.records,
        clicks=F("clicks") + drained.clicks,
        orphans=F("orphans") + drained.orphans,
        others=F("others") + drained.records - drained.clicks - drained.orphans,
        torn_bytes=F("torn_bytes") + drained.torn_bytes,
    )
