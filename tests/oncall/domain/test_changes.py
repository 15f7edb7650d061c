"""What a change does to people."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from oncall.domain import changes
from oncall.domain.resolver import Segment

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def line(*crews: str, role: str = "primary", length: timedelta = DAY) -> list[Segment]:
    """One segment a day for each word; a dash is a gap."""
    people = [() if crew == "-" else tuple(crew.split()) for crew in crews]
    return [
        Segment(START + place * length, START + (place + 1) * length, role, crew, "week" if crew else "gap")
        for place, crew in enumerate(people)
    ]


def test_moves_are_where_crews_differ_and_neighbours_are_one() -> None:
    found = changes.moves(line("anna", "anna", "ben"), line("ben", "ben", "ben"))
    assert [(one.end - one.start, one.before, one.after) for one in found] == [(2 * DAY, ("anna",), ("ben",))]


def test_a_role_that_is_new_moves_from_nobody() -> None:
    [found] = changes.moves([], line("anna", role="secondary"))
    assert (found.role, found.before, found.after) == ("secondary", (), ("anna",))


def test_a_gap_that_was_there_is_not_new() -> None:
    before, after = [one for one in line("-", "anna") if not one.people], line("-", "-")
    assert [(gap.start, gap.end) for gap in changes.new_gaps(before, after)] == [(START + DAY, START + 2 * DAY)]


def test_rest_is_the_shortest_time_between_two_shifts() -> None:
    assert changes.shortest_rest(line("anna", "ben", "anna", "anna"), "anna") == DAY
    assert changes.shortest_rest(line("anna", "ben"), "anna") is None


def test_nights_are_counted_in_the_zone_and_in_a_row() -> None:
    assert changes.nights(line("anna", "anna", "ben", "anna"), "anna", BERLIN) == (3, 2, 3)
    assert changes.nights(line("anna", role="secondary"), "anna", BERLIN) == (0, 0, 0)


def test_more_than_half_of_the_nights_of_four_weeks_are_too_many() -> None:
    split = line(*(["anna", "anna", "anna", "anna", "ben", "ben", "ben"] * 4))
    anna, ben = changes.burdens([], split, BERLIN)
    [found] = changes.warnings([anna, ben], ["anna", "ben", "cleo"], [])
    assert (anna.nights_in_a_row, anna.most_nights, ben.most_nights) == (4, 16, 12)
    assert found == ("nights", "anna", "16 nights of 28 as primary; half of them is enough.")


def test_burdens_tell_before_and_after() -> None:
    anna, ben = changes.burdens(line("anna", "anna"), line("anna", "ben"), BERLIN)
    assert (anna.before, anna.after, ben.before, ben.after) == (2 * DAY, DAY, timedelta(), DAY)


def test_clashes_are_shifts_in_two_schedules_at_once() -> None:
    [found] = changes.clashes({"one": line("anna", "ben"), "two": line("anna", "anna")}, ["anna", "ben"])
    assert (found.person, found.start, found.end, found.schedules) == ("anna", START, START + DAY, ("one", "two"))


def test_what_is_unwise_is_said() -> None:
    held = line("anna", "ben", "anna", length=8 * HOUR)
    week = line(*(["cleo"] * 9))
    burdens = [*changes.burdens([], held, BERLIN), *changes.burdens([], week, BERLIN)]
    found = changes.warnings(burdens, ["anna", "ben"], line("-"))
    assert [(kind, person) for kind, person, _ in found] == [
        ("gap", ""),
        ("too-few", ""),
        ("rest", "anna"),
        ("nights", "cleo"),
    ]
