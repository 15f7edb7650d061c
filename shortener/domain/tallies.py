"""Counting click records: everything that one drained batch adds to the log, the roll-ups and the outcomes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from shortener.domain.segments import ClickRecord

DIMENSIONS = ("referrer", "country", "device", "browser", "os")
MINUTE_US = 60_000_000
HOUR_US = 3_600_000_000
DAY_US = 86_400_000_000
LONGEST_WAIT_US = 400 * DAY_US
ORPHAN_SLUG = 100
ORPHANS_PER_BATCH = 500

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Visit(NamedTuple):
    """What is kept of a click's visitor: nothing that names one."""

    is_bot: bool
    visitor: bytes
    network: str
    country: str
    device: str
    os: str
    browser: str
    language: str
    referrer: str


class LogRow(NamedTuple):
    at_us: int
    link_id: int
    status: int
    visit: Visit


@dataclass(slots=True)
class Tally:
    """What a batch adds. Counters are keyed by (link, start of hour or day in us, is_bot, ...); see each field."""

    records: int = 0
    log: list[LogRow] = field(default_factory=list)
    hours: Counter[tuple[int, int, bool]] = field(default_factory=Counter)
    profiles: Counter[tuple[int, int, bool, str, str, str, str, str]] = field(default_factory=Counter)
    last_at_us: dict[int, int] = field(default_factory=dict)
    totals: Counter[int] = field(default_factory=Counter)
    goods: Counter[int] = field(default_factory=Counter)
    orphans: Counter[tuple[int, str, str]] = field(default_factory=Counter)

    def add_outcome(self, *, at_us: int, good: bool) -> None:
        """Counts one answered request in its minute."""
        minute = at_us - at_us % MINUTE_US
        self.records += 1
        self.totals[minute] += 1
        self.goods[minute] += good

    def add_click(self, record: ClickRecord, visit: Visit, at_us: int) -> None:
        """Counts one click and puts it on the log."""
        link_id, is_bot = record.link_id, visit.is_bot
        self.log.append(LogRow(at_us, link_id, record.status, visit))
        self.hours[link_id, at_us - at_us % HOUR_US, is_bot] += 1
        day = at_us - at_us % DAY_US
        profile = (link_id, day, is_bot, visit.referrer, visit.country, visit.device, visit.browser, visit.os)
        self.profiles[profile] += 1
        if at_us > self.last_at_us.get(link_id, 0):
            self.last_at_us[link_id] = at_us

    def add_orphan(self, record: ClickRecord, at_us: int) -> None:
        """Counts a visit of no link; beyond the batch's bound of different addresses the slug is left out."""
        key = (at_us - at_us % DAY_US, printable(record.host)[:255], printable(record.slug)[:ORPHAN_SLUG])
        if key not in self.orphans and len(self.orphans) >= ORPHANS_PER_BATCH:
            key = (key[0], "", "")
        self.orphans[key] += 1

    def days(self) -> list[date]:
        """The UTC days of the log rows."""
        return sorted({instant(day).date() for _, day, *_ in self.profiles})

    def by_hour(self) -> dict[tuple[int, int], list[int]]:
        """(link, hour in us) -> [people, bots]."""
        return _split(self.hours)

    def by_day(self) -> dict[tuple[int, int], list[int]]:
        """(link, day in us) -> [people, bots]."""
        days: Counter[tuple[int, int, bool]] = Counter()
        for (link, hour, is_bot), number in self.hours.items():
            days[link, hour - hour % DAY_US, is_bot] += number
        return _split(days)

    def by_link(self) -> dict[int, list[int]]:
        """Link -> [people, bots]."""
        links: dict[int, list[int]] = {}
        for (link, _hour), pair in self.by_hour().items():
            total = links.setdefault(link, [0, 0])
            total[0] += pair[0]
            total[1] += pair[1]
        return links

    def by_facet(self) -> dict[tuple[int, int, str, str], list[int]]:
        """(link, day in us, dimension, value) -> [people, bots]."""
        facets: dict[tuple[int, int, str, str], list[int]] = {}
        for (link, day, is_bot, *values), number in self.profiles.items():
            for dimension, value in zip(DIMENSIONS, values, strict=True):
                facets.setdefault((link, day, dimension, value), [0, 0])[is_bot] += number
        return facets


def _split(counter: Counter[tuple[int, int, bool]]) -> dict[tuple[int, int], list[int]]:
    pairs: dict[tuple[int, int], list[int]] = {}
    for (link, start, is_bot), number in counter.items():
        pairs.setdefault((link, start), [0, 0])[is_bot] += number
    return pairs


def instant(at_us: int) -> datetime:
    """The UTC instant of microseconds since the epoch."""
    return _EPOCH + timedelta(microseconds=at_us)


def microseconds(at: datetime) -> int:
    """The microseconds since the epoch of an instant."""
    return (at - _EPOCH) // timedelta(microseconds=1)


class Arrival(NamedTuple):
    """When a run arrived, and the times at which its records can have been written; all in us since the epoch."""

    oldest: int
    received: int
    newest: int

    @classmethod
    def at(cls, received_at: datetime) -> "Arrival":
        received = microseconds(received_at)
        return cls(received - LONGEST_WAIT_US, received, received + DAY_US)

    def plausible(self, at_us: int) -> int:
        """The record's own time, or that of its arrival when the edge's clock was plainly wrong."""
        return at_us if self.oldest <= at_us <= self.newest else self.received


def printable(text: str) -> str:
    """`text` with everything that PostgreSQL or a page could not take replaced by a question mark."""
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)
