"""Who is on call: precedence, the secondary that comes in, overrides, and the laws for generated schedules."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from oncall.domain import resolver
from oncall.domain.resolver import Layer, Override, Segment
from oncall.domain.rotation import Rotation

MONDAY = datetime.fromisoformat("2026-03-02T09:00")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ROTATION = Rotation("weekly", 1, MONDAY, ZoneInfo("UTC"))
NAMES = ("anna", "ben", "cleo", "dora")


def weekly(*names: str) -> list[Layer]:
    members = tuple((name,) for name in names)
    return [Layer("rotation", role, ROTATION, members, offset=place) for place, role in enumerate(resolver.ROLES)]


def crew(segments: list[Segment], role: str) -> list[tuple[str, ...]]:
    return [segment.people for segment in segments if segment.role == role]


def test_the_secondary_becomes_primary_and_the_one_longest_off_comes_in() -> None:
    found = resolver.resolve(weekly("anna", "ben", "cleo"), [], START, START + 4 * WEEK)
    assert crew(found, "primary") == [("anna",), ("ben",), ("cleo",), ("anna",)]
    assert crew(found, "secondary") == [("ben",), ("cleo",), ("anna",), ("ben",)]


def test_one_person_alone_leaves_the_secondary_empty() -> None:
    found = resolver.resolve(weekly("anna"), [], START, START + WEEK)
    assert (crew(found, "secondary"), found[-1].source) == ([()], "gap")


def test_an_override_wins_for_its_time_and_no_longer() -> None:
    override = Override("primary", "dora", START + timedelta(days=1), START + timedelta(days=2))
    found = resolver.resolve(weekly("anna", "ben", "cleo"), [override], START, START + WEEK)
    assert crew(found, "primary") == [("anna",), ("dora",), ("anna",)]


def test_a_secondary_who_covers_the_primary_is_followed_by_the_next_in_line() -> None:
    override = Override("primary", "ben", START, START + WEEK)
    found = resolver.resolve(weekly("anna", "ben", "cleo"), [override], START, START + WEEK)
    assert (crew(found, "primary"), crew(found, "secondary")) == ([("ben",)], [("cleo",)])


def test_an_override_cannot_make_the_primary_secondary_too() -> None:
    override = Override("secondary", "anna", START, START + WEEK)
    found = resolver.resolve(weekly("anna", "ben"), [override], START, START + WEEK)
    assert crew(found, "secondary") == [("ben",)]


def test_an_override_may_replace_one_person_of_a_crew() -> None:
    layer = Layer("pair", "primary", ROTATION, (("anna", "ben"),))
    override = Override("primary", "cleo", START, START + WEEK, replaces="ben")
    found = resolver.resolve([layer], [override], START, START + WEEK)
    assert crew(found, "primary") == [("anna", "cleo")]


def test_the_highest_layer_with_somebody_in_it_wins() -> None:
    low, high = Layer("low", "primary", ROTATION, (("anna",),)), Layer("high", "primary", ROTATION, (("ben",),), 1)
    empty = Layer("empty", "primary", ROTATION, (), 2)
    assert crew(resolver.resolve([low, empty, high], [], START, START + WEEK), "primary") == [("ben",)]


def test_layers_of_equal_level_are_on_call_together() -> None:
    layers = [Layer(name, "primary", ROTATION, ((name,),)) for name in ("ben", "anna")]
    [found] = resolver.resolve(layers, [], START, START + WEEK)
    assert (found.people, found.source) == (("anna", "ben"), "anna, ben")


def test_a_layer_counts_only_while_it_is_effective() -> None:
    layer = Layer("short", "primary", ROTATION, (("anna",),), effective_from=START, effective_until=START + WEEK)
    found = resolver.resolve([layer], [], START - WEEK, START + 2 * WEEK)
    assert crew(found, "primary") == [(), ("anna",), ()]


def test_an_empty_range_has_no_segments() -> None:
    assert resolver.resolve(weekly("anna"), [], START, START) == []


zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut"])
instants = st.integers(0, 60 * 24).map(lambda hours: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hours))
rotations = st.builds(
    Rotation,
    st.sampled_from(["hourly", "daily", "weekly", "monthly"]),
    st.integers(1, 3),
    st.integers(0, 1000).map(lambda hours: datetime.fromisoformat("2026-01-01") + timedelta(hours=hours)),
    zones.map(ZoneInfo),
)
layers_of = st.lists(
    st.builds(
        Layer,
        st.sampled_from(["low", "high"]),
        st.sampled_from(["primary", "secondary"]),
        rotations,
        st.lists(st.sampled_from(NAMES).map(lambda name: (name,)), max_size=4, unique=True).map(tuple),
        st.integers(0, 1),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=3,
)
overrides_of = st.lists(
    st.builds(
        lambda role, person, start, hours: Override(role, person, start, start + timedelta(hours=hours)),
        st.sampled_from(["primary", "secondary"]),
        st.sampled_from(NAMES),
        instants,
        st.integers(1, 100),
    ),
    max_size=3,
)
ranges = st.tuples(instants, instants, instants).map(sorted)
few = settings(max_examples=25, deadline=None, derandomize=True)


@few
@given(layers_of, overrides_of, ranges)
def test_law_segments_tile_the_range(layers: list[Layer], overrides: list[Override], times: list[datetime]) -> None:
    start, _, end = times
    found = resolver.resolve(layers, overrides, start, end)
    for role in {segment.role for segment in found}:
        line = [segment for segment in found if segment.role == role]
        assert [start, *(one.end for one in line)] == [*(one.start for one in line), end]


@few
@given(layers_of, overrides_of, ranges)
def test_law_a_range_is_the_merge_of_its_parts(
    layers: list[Layer], overrides: list[Override], times: list[datetime]
) -> None:
    start, middle, end = times
    parts = resolver.resolve(layers, overrides, start, middle) + resolver.resolve(layers, overrides, middle, end)
    assert resolver.merge(parts) == resolver.resolve(layers, overrides, start, end)


@few
@given(layers_of, overrides_of, ranges)
def test_law_the_order_of_the_inputs_does_not_matter(
    layers: list[Layer], overrides: list[Override], times: list[datetime]
) -> None:
    start, _, end = times
    shuffled, others = sorted(layers, key=repr), sorted(overrides, key=repr, reverse=True)
    assert resolver.resolve(shuffled, others, start, end) == resolver.resolve(layers, overrides, start, end)


@few
@given(layers_of, overrides_of, ranges)
def test_law_an_instant_is_in_its_segment(
    layers: list[Layer], overrides: list[Override], times: list[datetime]
) -> None:
    start, at, end = times
    moment = resolver.resolve(layers, overrides, at, at + timedelta(microseconds=1))
    covering = [one for one in resolver.resolve(layers, overrides, start, end) if one.start <= at < one.end]
    assert [(one.role, one.people, one.source) for one in covering] == [
        (one.role, one.people, one.source) for one in moment if start <= at < end
    ]


@few
@given(layers_of, overrides_of, ranges)
def test_law_nobody_is_primary_and_secondary_at_once(
    layers: list[Layer], overrides: list[Override], times: list[datetime]
) -> None:
    start, _, end = times
    found = resolver.resolve(layers, overrides, start, end)
    for one in (segment for segment in found if segment.role == "primary"):
        others = [two for two in found if two.role == "secondary" and two.start < one.end and one.start < two.end]
        assert not set(one.people) & {person for two in others for person in two.people}
