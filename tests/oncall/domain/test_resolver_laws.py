"""The laws of the resolver, for generated schedules in all zones and in years in which they moved their clocks."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from oncall.domain import assignment, resolver, restrictions
from oncall.domain.assignment import Crew
from oncall.domain.layers import Layer, Span
from oncall.domain.resolver import Override, Segment, Swap
from oncall.domain.rotation import Rotation

NAMES = ("anna", "ben", "cleo", "dora", "eve")
ROLES = ("primary", "secondary", "shadow", "lead")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INSTANT = timedelta(microseconds=1)

zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 30, 59]))
days = st.datetimes(datetime.fromisoformat("2005-01-01"), datetime.fromisoformat("2032-01-01"))
groups = st.lists(st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple), max_size=4).map(tuple)
hours_of_week = st.builds(restrictions.between, st.sets(st.integers(0, 6), min_size=1), clocks, clocks)
handoffs = st.sets(st.integers(0, 7 * 24 - 1), min_size=1, max_size=4).map(
    lambda hours: tuple(hour * HOUR for hour in sorted(hours))
)


class Story(NamedTuple):
    """A schedule, and three instants in order."""

    layers: list[Layer]
    overrides: list[Override]
    swaps: list[Swap]
    times: list[datetime]

    def resolve(self, start: datetime, end: datetime) -> list[Segment]:
        return resolver.resolve(self.layers, self.overrides, start, end, swaps=self.swaps)


@st.composite
def stories(draw: Any) -> Story:
    """Layers of all kinds around one day, with spans of some hours that overlap each other."""
    around = draw(days)
    instants = st.integers(0, 8 * 96).map(lambda quarter: around.replace(tzinfo=UTC) + quarter * HOUR / 4)
    spans = st.tuples(instants, st.integers(1, 60)).map(lambda span: (span[0], span[0] + span[1] * HOUR))
    maybe = st.none() | instants
    names, roles = st.sampled_from(NAMES), st.sampled_from(ROLES)
    kinds = st.sampled_from(["hourly", "daily", "weekly", "monthly", "custom"])
    starts = st.integers(-2000, 300).map(lambda quarter: around.replace(second=0, microsecond=0) + quarter * HOUR / 4)
    rotations = st.builds(Rotation, kinds, st.integers(1, 9), starts, zones, handoffs)
    masks = st.lists(spans, max_size=1).map(tuple)
    hours = st.lists(hours_of_week, max_size=2).map(tuple)
    titles, levels, offsets = st.sampled_from(["a", "b"]), st.integers(0, 1), st.integers(0, 2)
    rotating = st.builds(Layer, titles, roles, rotations, groups, levels, offsets, maybe, maybe, hours, masked=masks)
    fixed = st.lists(st.builds(lambda span, name: Span(span[0], span[1], (name,)), spans, names), max_size=3).map(tuple)
    imported = st.builds(Layer, titles, roles, st.none(), st.just(()), levels, spans=fixed, masked=masks)
    overrides = st.builds(
        lambda role, name, span, other: Override(role, name, span[0], span[1], other),
        roles,
        names,
        spans,
        names | st.just(""),
    )
    swaps = st.builds(
        lambda name, other, span, role: Swap(name, other, span[0], span[1], role),
        names,
        names,
        spans,
        roles | st.just(""),
    )
    return Story(
        draw(st.lists(rotating | rotating | imported, max_size=4)),
        draw(st.lists(overrides, max_size=3)),
        draw(st.lists(swaps, max_size=3)),
        sorted(draw(st.tuples(instants, instants, instants))),
    )


@st.composite
def full_houses(draw: Any) -> tuple[dict[str, list[Crew]], list[Override], list[Swap]]:
    """One instant at which every role has crews, and many overrides and swaps count."""
    names, roles = st.sampled_from(NAMES), st.sampled_from(ROLES)
    lines = st.lists(st.lists(names, max_size=2, unique=True).map(tuple), min_size=1, max_size=4).map(tuple)
    crews = {role: draw(st.lists(st.builds(Crew, st.integers(0, 1), names, lines), max_size=2)) for role in ROLES}
    begins = st.integers(0, 3).map(lambda hours: datetime(2026, 3, 2, hours, tzinfo=UTC))
    end = st.just(datetime(2026, 3, 3, tzinfo=UTC))
    overrides = st.builds(Override, roles, names, begins, end, names | st.just(""))
    swaps = st.builds(Swap, names, names, begins, end, roles | st.just(""))
    return crews, draw(st.lists(overrides, max_size=4)), draw(st.lists(swaps, max_size=4))


some = settings(max_examples=25, deadline=None, derandomize=True)


@some
@given(stories())
def test_segments_tile_the_range_and_are_empty_only_where_there_is_a_gap(story: Story) -> None:
    start, _, end = story.times
    found = story.resolve(start, end)
    for role in {segment.role for segment in found}:
        line = [segment for segment in found if segment.role == role]
        assert [start, *(one.end for one in line)] == [*(one.start for one in line), end]
    assert all(one.start < one.end and bool(one.people) == (one.source != "gap") for one in found)


@some
@given(stories())
def test_a_range_is_the_merge_of_its_parts(story: Story) -> None:
    start, middle, end = story.times
    parts = story.resolve(start, middle) + story.resolve(middle, end)
    assert resolver.merge(parts) == story.resolve(start, end)


@some
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_does_not_matter(story: Story, chance: Any) -> None:
    start, _, end = story.times
    found = story.resolve(start, end)
    for inputs in (story.layers, story.overrides, story.swaps):
        chance.shuffle(inputs)
    assert story.resolve(start, end) == found


@some
@given(stories())
def test_an_instant_is_in_its_segment(story: Story) -> None:
    start, at, end = story.times
    covering = [one for one in story.resolve(start, end + INSTANT) if one.start <= at < one.end]
    moment = story.resolve(at, at + INSTANT)
    assert [(one.role, one.people, one.source) for one in covering] == [
        (one.role, one.people, one.source) for one in moment
    ]


@some
@given(stories())
def test_nobody_has_two_roles_at_once(story: Story) -> None:
    start, _, end = story.times
    found = story.resolve(start, end)
    for at in {one.start for one in found}:
        held = [person for one in found if one.start <= at < one.end for person in one.people]
        assert len(held) == len(set(held))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(full_houses())
def test_nobody_has_two_roles_however_many_swap_and_override_at_once(house: Any) -> None:
    crews, overrides, swaps = house
    found = assignment.assign(resolver.role_order(ROLES), crews, overrides, swaps)
    held = [person for one in found for person in one.people]
    assert len(held) == len(set(held))
    assert found == assignment.assign(resolver.role_order(ROLES), crews, overrides[::-1], swaps[::-1])


@some
@given(zones, st.sampled_from(["hourly", "daily", "weekly", "monthly", "custom"]), days, st.integers(1, 3), handoffs)
def test_turns_follow_each_other_and_begin_where_the_wall_clock_says(
    zone: ZoneInfo, kind: Any, local: datetime, interval: int, changes: tuple[timedelta, ...]
) -> None:
    rotation = Rotation(kind, interval, local, zone, changes)
    start = local.replace(tzinfo=UTC) + 10 * DAY
    turns = list(rotation.turns(start, start + 3 * DAY))
    assert turns[0][0] <= start
    assert [begins for begins, _ in turns] == sorted({begins for begins, _ in turns})
    assert all(begins == rotation.turn_start(number) for begins, number in turns)


@some
@given(zones, hours_of_week, days)
def test_windows_of_neighbouring_days_do_not_lose_an_instant(
    zone: ZoneInfo, hours: restrictions.Restriction, local: datetime
) -> None:
    start = local.replace(tzinfo=UTC)
    whole = restrictions.union(hours.windows(start, start + 9 * DAY, zone))
    one, two = hours.windows(start, start + 4 * DAY, zone), hours.windows(start + 4 * DAY, start + 9 * DAY, zone)
    assert restrictions.union([*one, *two]) == whole


def test_every_zone_there_is_tiles_a_year_of_nights() -> None:
    nights = restrictions.between(range(7), time(22), time(6))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for name in sorted(available_timezones() - {"localtime"}):
        rotation = Rotation("weekly", 1, datetime.fromisoformat("2026-01-05T00:00"), ZoneInfo(name))
        night = Layer("night", "primary", rotation, (("anna",), ("ben",)), restrictions=(nights,))
        found = resolver.resolve([night], [], start, start + 90 * DAY)
        assert [one.end for one in found][:-1] == [one.start for one in found][1:], name
        assert sum(bool(one.people) for one in found) >= 90, name
