"""Clicks of the past: records that go the way of every click, and the daily counts that other shorteners kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from shortener.domain import segments
from shortener.domain.reading import Scope
from shortener.domain.segments import ClickRecord
from shortener.domain.visits import Switches
from shortener.models import ImportedVisits, Link, Segment
from shortener.services import clicks, rollups

Key = tuple[int, date]


class ImportedDay(NamedTuple):
    """What another shortener counted for a link on one UTC day; the numbers are not negative."""

    link_id: int
    day: date
    people: int
    bots: int = 0


def add_clicks(*, records: Sequence[ClickRecord], source: str, number: int, now: datetime) -> int:
    """Delivers `records` as one run of a segment and drains it; returns how many clicks were counted.

    `source` and `number` are the run's identity: delivered again, it is dropped as a repeat.
    """
    if not records:
        return 0
    body = b"".join(map(segments.encode, records))
    latest = datetime.fromtimestamp(max(record.at_us for record in records) / 1_000_000, now.tzinfo)
    Segment.objects.create(
        edge=source, number=number, offset=segments.HEADER_BYTES, body=body, received_at=min(latest, now)
    )
    return clicks.drain_all(now=now).clicks


def add_imported(*, rows: Iterable[ImportedDay], source: str) -> int:
    """Makes imported visits appear in the days, months and totals of their links, teams and domains, exactly once.

    `source` (at most 20 characters, the kind of the import), link and day are the identity: what was imported under it
    before is replaced, so a repeat changes nothing and a correction counts as its difference. Rows of one call with
    the same link and day are summed; all rows of a link and day must therefore come in one call. Runs in the caller's
    transaction or in its own, in which the drain waits: some thousand rows a call are right. Returns by how many
    visits the totals grew. Imports have no hours, no facets and no unique visitors.
    """
    wanted = _summed(rows)
    if not wanted:
        return 0
    with transaction.atomic():
        rollups.become_only_writer()
        former = _stored(wanted, source)
        changes = _differences(wanted, former)
        _store(wanted, source)
        rollups.add_days(changes, _scopes({link for link, _ in changes}))
    return sum(people + bots for people, bots in changes.values())


def _summed(rows: Iterable[ImportedDay]) -> dict[Key, tuple[int, int]]:
    people: Counter[Key] = Counter()
    bots: Counter[Key] = Counter()
    for row in rows:
        people[row.link_id, row.day] += row.people
        bots[row.link_id, row.day] += row.bots
    return {key: (people[key], bots[key]) for key in people}


def _stored(wanted: Iterable[Key], source: str) -> dict[Key, tuple[int, int]]:
    links, days = {link for link, _ in wanted}, {day for _, day in wanted}
    rows = ImportedVisits.objects.filter(source=source, link_id__in=links, day__in=days)
    return {(row.link_id, row.day): (row.people, row.bots) for row in rows}


def _differences(wanted: dict[Key, tuple[int, int]], former: dict[Key, tuple[int, int]]) -> dict[Key, tuple[int, int]]:
    changes = {}
    for key, (people, bots) in wanted.items():
        before = former.get(key, (0, 0))
        if before != (people, bots):
            changes[key] = (people - before[0], bots - before[1])
    return changes


def _store(wanted: dict[Key, tuple[int, int]], source: str) -> None:
    ImportedVisits.objects.bulk_create(
        [
            ImportedVisits(link_id=link, source=source, day=day, people=people, bots=bots)
            for (link, day), (people, bots) in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["link", "source", "day"],
        update_fields=["people", "bots"],
    )


def _scopes(link_ids: set[int]) -> dict[int, Scope]:
    rows = Link.objects.filter(pk__in=link_ids).values_list("pk", "team_id", "domain_id")
    return {pk: Scope(team_id, domain_id, Switches()) for pk, team_id, domain_id in rows}
