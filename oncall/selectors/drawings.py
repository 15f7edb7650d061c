"""A schedule as its page draws it: rows of bars for roles and layers, and the same shifts as a list by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils import timezone

from oncall.domain import resolver, timelines
from oncall.domain.resolver import Segment
from oncall.domain.timelines import Piece, Scale, Tick
from oncall.models import Schedule
from oncall.selectors import planning, schedules
from portal.accounts.models import User
from portal.accounts.selectors import people

ROW, TOP, BOTTOM, COLOURS = 40, 26, 6, 6
MOST_LISTED = 120
BEYOND = timedelta(days=31)
"""How far a shift is followed out of the picture, so that its end is told and not that of the picture."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A shift as it is drawn; `colour` tells people apart, and the text and the mark do so without it."""

    piece: Piece
    users: tuple[User, ...]
    x: float
    width: float
    text: str
    colour: int

    @property
    def names(self) -> str:
        return ", ".join(str(user) for user in self.users)

    @property
    def state(self) -> str:
        """What it is, in words."""
        return timelines.KINDS[self.piece.kind]

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def only(self) -> User | None:
        """The person of a shift of one."""
        return self.users[0] if len(self.users) == 1 else None

    @property
    def asks(self) -> str:
        """The query of the form in which somebody takes it over; empty where there is nothing to take over."""
        if self.piece.kind in ("intended", "shadow"):
            return ""
        whom = {"replaces": self.only.pk} if self.only else {}
        times = {"starts_at": self.piece.start.isoformat(), "ends_at": self.piece.end.isoformat()}
        return urlencode({"role": self.piece.role, **whom, **times})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the picture."""

    name: str
    y: int
    bars: Sequence[Bar]

    @property
    def base(self) -> int:
        """Where its text stands."""
        return self.y + 21


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture of `[start, end)`: who is on call, role by role, and below the layers that lead to it."""

    start: datetime
    end: datetime
    now_x: float | None
    ticks: Sequence[Tick]
    roles: Sequence[Row]
    layers: Sequence[Row]
    kinds: Sequence[tuple[str, str]]
    days: Sequence[tuple[date, Sequence[Bar]]]
    has_more: bool

    @property
    def height(self) -> int:
        return TOP + ROW * len(self.roles) + BOTTOM

    @property
    def layers_height(self) -> int:
        return TOP + ROW * len(self.layers) + BOTTOM


def drawing(schedule: Schedule, *, first: date, days: int, zone: ZoneInfo, now: datetime) -> Drawing:
    """The picture of `days` local days from the midnight of `first` on."""
    start = timelines.midnight(first, zone)
    end = timelines.midnight(first + timedelta(days=days), zone)
    scale = Scale(start, end)
    found = _pieces(schedule, start, end)
    layers = _layers(schedule, start, end)
    users = people.users_by_id(int(key) for one in [*found, *layers] for key in one.people)
    colours = {key: place % COLOURS + 1 for place, key in enumerate(dict.fromkeys(_keys(found)))}
    painter = _Painter(scale, users, colours)
    roles = painter.rows([(one.role.capitalize(), one) for one in found])
    bars = sorted((bar for row in roles for bar in row.bars if bar.piece.end > now), key=lambda bar: bar.piece.start)
    used = {one.kind for one in found}
    return Drawing(
        start=start,
        end=end,
        now_x=scale.x(now) if start <= now < end else None,
        ticks=scale.ticks(zone),
        roles=roles,
        layers=painter.rows([(f"{one.source}, {one.role}", one) for one in layers]),
        kinds=[(kind, label) for kind, label in timelines.KINDS.items() if kind in used],
        days=_by_day(bars[:MOST_LISTED], max(now, start), zone),
        has_more=len(bars) > MOST_LISTED,
    )


def _pieces(schedule: Schedule, start: datetime, end: datetime) -> list[Piece]:
    """What stands in `[start, end)`, whole where it reaches beyond; before its first version nobody was left out."""
    begun = min((one.effective_from for one in schedule.versions.all()), default=start)
    since, until = min(max(start - BEYOND, begun), end), end + BEYOND
    found = [
        Segment(one.start, one.end, one.role, tuple(str(user.pk) for user in one.users), one.source)
        for one in schedules.shifts(schedule, since, until)
    ]
    whole = timelines.pieces(found, schedules.gaps(schedule, since, until))
    return [one for one in whole if one.start < end and start < one.end]


def _layers(schedule: Schedule, start: datetime, end: datetime) -> list[Piece]:
    """What each layer alone says, where it puts somebody on call."""
    found = []
    for layer in planning.inputs(schedule, start, end)[0]:
        alone = resolver.resolve([layer], [], start, end)
        found += [
            Piece(one.start, one.end, one.role, one.people, timelines.kind_of(one), layer.name)
            for one in alone
            if one.people
        ]
    return found


def _keys(found: Iterable[Piece]) -> list[str]:
    return [key for one in found for key in one.people]


@dataclass(frozen=True, slots=True)
class _Painter:
    scale: Scale
    users: Mapping[int, User]
    colours: Mapping[str, int]

    def rows(self, named: Sequence[tuple[str, Piece]]) -> list[Row]:
        names = list(dict.fromkeys(name for name, _ in named))
        return [
            Row(name, TOP + ROW * place, [self.bar(piece) for other, piece in named if other == name])
            for place, name in enumerate(names)
        ]

    def bar(self, piece: Piece) -> Bar:
        users = tuple(self.users[int(key)] for key in piece.people if int(key) in self.users)
        x = self.scale.x(piece.start)
        width = round(self.scale.x(piece.end) - x, 2)
        names = ", ".join(str(user) for user in users) or timelines.KINDS[piece.kind]
        mark = timelines.MARKS.get(piece.kind, "")
        text = timelines.fitting(names, width - len(mark) * timelines.LETTER)
        colour = self.colours.get(piece.people[0], 0) if piece.people else 0
        return Bar(piece, users, x, width, f"{mark}{text}" if width > 2 * timelines.LETTER else "", colour)


def _by_day(bars: Sequence[Bar], since: datetime, zone: ZoneInfo) -> list[tuple[date, list[Bar]]]:
    """The shifts by the local day on which they begin; those that run already stand on the first."""
    dated = [(timelines.local_day(max(bar.piece.start, since), zone), bar) for bar in bars]
    return [(day, [bar for _, bar in pairs]) for day, pairs in groupby(dated, key=lambda pair: pair[0])]


def bars(schedule: Schedule, start: datetime, end: datetime) -> list[Bar]:
    """The shifts of `[start, end)` without a picture, with the colours that the picture would give people."""
    found = _pieces(schedule, start, end)
    users = people.users_by_id(int(key) for one in found for key in one.people)
    colours = {key: place % COLOURS + 1 for place, key in enumerate(dict.fromkeys(_keys(found)))}
    painter = _Painter(Scale(start, end), users, colours)
    return [painter.bar(one) for one in found]


def event(bar: Bar) -> dict[str, object]:
    """A shift as the calendar takes it; times are on the wall of the reader."""
    piece = bar.piece
    mark = timelines.MARKS.get(piece.kind, "")
    return {
        "id": f"{piece.role}-{piece.start.timestamp():.0f}",
        "start": f"{timezone.localtime(piece.start):%Y-%m-%dT%H:%M:%S}",
        "end": f"{timezone.localtime(piece.end):%Y-%m-%dT%H:%M:%S}",
        "title": f"{mark}{bar.names or timelines.KINDS[piece.kind]} ({piece.role})",
        "classNames": [f"t-{piece.kind}", f"who-{bar.colour}"],
        "editable": bool(bar.only),
        "extendedProps": {
            "role": piece.role,
            "state": bar.state,
            "person": bar.only.pk if bar.only else None,
            "starts_at": piece.start.isoformat(),
            "ends_at": piece.end.isoformat(),
        },
    }
