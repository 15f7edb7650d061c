"""Counting clicks: everything that one drained batch adds to the roll-ups and the outcomes.

A batch is kept as columns of numbers, one list for each property, and counted by `Counter` over them, which runs at the
speed of C; everything else is derived from those counts, which are far fewer than clicks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from shortener.domain.visits import DIMENSIONS, RULE, Profiles

MINUTE_US = 60_000_000
HOUR_US = 3_600_000_000
DAY_US = 86_400_000_000
LONGEST_WAIT_US = 400 * DAY_US
ORPHAN_SLUG = 100
ORPHANS_PER_BATCH = 500
MOST_VALUES = 100
"""Values of a dimension that a link keeps of a day, besides `other`."""

OTHER = "other"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Pairs = dict[tuple[int, int], list[int]]
"""(link, start in us) -> [people, bots]."""

LinkFacets = tuple[int, dict[int, int]]
"""A link, and its clicks by the number of a value in the profiles."""


@dataclass(slots=True)
class Columns:
    """The clicks of one UTC day: link, time in us and profile of each."""

    links: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    profiles: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """What a batch adds. `days` is keyed by the start of the day in us."""

    profiles: Profiles
    days: dict[int, Columns] = field(default_factory=dict)
    last_at_us: dict[int, int] = field(default_factory=dict)
    others: Counter[int] = field(default_factory=Counter)
    bad: Counter[int] = field(default_factory=Counter)
    orphans: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    torn: int = 0

    @property
    def clicks(self) -> int:
        return sum(len(columns.links) for columns in self.days.values())

    @property
    def records(self) -> int:
        return self.clicks + self.others.total()

    def add_clicks(self, day: int, links: list[int], times: list[int], profiles: list[int]) -> None:
        """Adds clicks of one day, in the order in which they happened."""
        if not links:
            return
        columns = self.days.setdefault(day, Columns())
        columns.links += links
        columns.times += times
        columns.profiles += profiles
        last = self.last_at_us
        for link, at in dict(zip(links, times, strict=True)).items():
            if at > last.get(link, 0):
                last[link] = at

    def add_other(self, minute: int, *, good: bool) -> None:
        """Counts an answered request that was no click in its minute."""
        self.others[minute] += 1
        if not good:
            self.bad[minute] += 1

    def add_orphan(self, day: int, host: str, slug: str) -> None:
        """Counts a visit of no link; beyond the batch's bound of different addresses they are left out."""
        key = (day, printable(host)[:255], printable(slug)[:ORPHAN_SLUG])
        if key not in self.orphans and len(self.orphans) >= ORPHANS_PER_BATCH:
            key = (day, "", "")
        self.orphans[key] += 1

    def by_minute(self) -> Pairs:
        """Clicks by link and minute."""
        pairs: Pairs = {}
        for columns in self.days.values():
            minutes = [at // MINUTE_US for at in columns.times]
            bots = map(self.profiles.is_bot.__getitem__, columns.profiles)
            for (link, minute, is_bot), number in Counter(zip(columns.links, minutes, bots, strict=True)).items():
                pair = pairs.get((link, minute))
                if pair is None:
                    pair = pairs[link, minute] = [0, 0]
                pair[is_bot] += number
        return {(link, minute * MINUTE_US): pair for (link, minute), pair in pairs.items()}

    def outcomes(self) -> dict[int, tuple[int, int]]:
        """Minute in us -> (good, total) of all answered requests."""
        totals = Counter(self.others)
        for columns in self.days.values():
            for minute, number in Counter([at // MINUTE_US for at in columns.times]).items():
                totals[minute * MINUTE_US] += number
        return {minute: (total - self.bad[minute], total) for minute, total in totals.items()}

    def facets(self, day: int) -> Iterator[LinkFacets]:
        """The clicks of a day, link by link: of each dimension no more than MOST_VALUES values, and `other`."""
        columns, rules = self.days[day], self.profiles.of[RULE]
        of = [self.profiles.of[dimension].__getitem__ for dimension in DIMENSIONS]
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for link, profile in zip(columns.links, columns.profiles, strict=True):
            groups[link].append(profile)
        for link, profiles in groups.items():
            counts: dict[int, int] = {}
            for number_of in of:
                counts |= self._bounded(Counter(map(number_of, profiles)))
            decided = [rules[profile] for profile in profiles if rules[profile] != Profiles.NO_RULE]
            yield link, (counts | self._bounded(Counter(decided)) if decided else counts)

    def _bounded(self, counts: Counter[int]) -> Counter[int]:
        """The same with the rarest values as one, should they be too many."""
        if len(counts) <= MOST_VALUES:
            return counts
        for value, clicks in counts.most_common()[MOST_VALUES:]:
            dimension, _, is_bot = self.profiles.values[value]
            del counts[value]
            counts[self.profiles.value(dimension, OTHER, is_bot)] += clicks
        return counts


def coarser(pairs: Pairs, step: int) -> Pairs:
    """The same clicks by longer steps of time, in us."""
    sums: Pairs = {}
    for (link, start), (people, bots) in pairs.items():
        pair = sums.setdefault((link, start - start % step), [0, 0])
        pair[0] += people
        pair[1] += bots
    return sums


def instant(at_us: int) -> datetime:
    """The UTC instant of microseconds since the epoch."""
    return _EPOCH + timedelta(microseconds=at_us)


def day_of(at_us: int) -> date:
    """The UTC day of microseconds since the epoch."""
    return instant(at_us).date()


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
