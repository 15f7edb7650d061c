from datetime import UTC, datetime, timedelta

import pytest

from shortener.domain.tallies import (
    DAY_US,
    HOUR_US,
    MINUTE_US,
    MOST_VALUES,
    ORPHANS_PER_BATCH,
    OTHER,
    Arrival,
    Tally,
    coarser,
    day_of,
    instant,
    microseconds,
    printable,
)
from shortener.domain.visits import DIMENSIONS, Profiles, Visit

PERSON = Visit(False, b"v", "192.0.2.0/24", "AT", "phone", "iOS", "Safari", "de", "news.example")
BOT = PERSON._replace(is_bot=True, device="bot")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
NOON_US = microseconds(NOON)
TODAY = NOON_US - NOON_US % DAY_US


def tally(*clicks: tuple[Visit, int], link: int = 7, rule: str = "") -> Tally:
    made = Tally(Profiles())
    for visit, at in clicks:
        made.add_clicks(at - at % DAY_US, [link], [at], [made.profiles.number(visit, rule)])
    return made


def facets(made: Tally) -> dict[tuple[int, str, str, bool], int]:
    """The facets of today: (link, dimension, value, is_bot) -> clicks."""
    return {
        (link, *made.profiles.values[value]): number
        for link, counts in made.facets(TODAY)
        for value, number in counts.items()
    }


def test_clicks_are_counted_by_minute_and_by_longer_steps() -> None:
    minutes = tally((PERSON, NOON_US), (BOT, NOON_US + 1), (PERSON, NOON_US + HOUR_US)).by_minute()
    assert minutes == {(7, NOON_US): [1, 1], (7, NOON_US + HOUR_US): [1, 0]}
    assert coarser(minutes, HOUR_US) == minutes
    assert coarser(minutes, DAY_US) == {(7, TODAY): [2, 1]}


def test_the_last_click_of_a_link_is_known() -> None:
    made = tally((PERSON, NOON_US + 5), (PERSON, NOON_US))
    assert (made.last_at_us, made.clicks, made.records) == ({7: NOON_US + 5}, 2, 2)


def test_no_clicks_make_no_day() -> None:
    made = Tally(Profiles())
    made.add_clicks(TODAY, [], [], [])
    assert (made.days, made.by_minute()) == ({}, {})


def test_facets_count_people_and_bots_apart() -> None:
    found = facets(tally((PERSON, NOON_US), (PERSON, NOON_US), (BOT, NOON_US)))
    assert (found[7, "country", "AT", False], found[7, "country", "AT", True]) == (2, 1)
    assert found[7, "language", "de", False] == 2
    assert {dimension for _, dimension, _, _ in found} == set(DIMENSIONS)


def test_a_rule_is_a_facet_of_the_clicks_that_it_decided() -> None:
    made = tally((PERSON, NOON_US), rule="3.2")
    made.add_clicks(TODAY, [7], [NOON_US], [made.profiles.number(PERSON)])
    assert facets(made)[7, "rule", "3.2", False] == 1


def test_a_link_has_a_bounded_number_of_values_and_the_rest_is_one() -> None:
    visits = [PERSON._replace(referrer=f"r{number}") for number in range(MOST_VALUES + 5)]
    found = facets(tally(*[(visit, NOON_US) for visit in [visits[-1], *visits]]))
    assert sum(dimension == "referrer" for _, dimension, _, _ in found) == MOST_VALUES + 1
    assert (found[7, "referrer", OTHER, False], found[7, "referrer", visits[-1].referrer, False]) == (5, 2)


def test_a_crowded_link_leaves_the_others_alone() -> None:
    made = tally(*[(PERSON._replace(referrer=f"r{number}"), NOON_US) for number in range(MOST_VALUES + 1)])
    made.add_clicks(TODAY, [8], [NOON_US], [made.profiles.number(PERSON)])
    assert facets(made)[8, "referrer", "news.example", False] == 1


def test_outcomes_are_all_answers_of_a_minute() -> None:
    made = tally((PERSON, NOON_US + MINUTE_US - 1), (PERSON, NOON_US + MINUTE_US))
    made.add_other(NOON_US, good=False)
    made.add_other(NOON_US, good=True)
    made.bad[NOON_US] += 1
    assert made.outcomes() == {NOON_US: (1, 3), NOON_US + MINUTE_US: (1, 1)}
    assert made.records == 4


def test_many_different_orphans_end_in_one_count() -> None:
    made = Tally(Profiles())
    for number in range(ORPHANS_PER_BATCH + 5):
        made.add_orphan(TODAY, "h", f"s{number}")
    assert (len(made.orphans), made.orphans[TODAY, "", ""]) == (ORPHANS_PER_BATCH + 1, 5)


@pytest.mark.parametrize(
    ("away", "kept"), [(timedelta(days=-400), True), (timedelta(days=-401), False), (timedelta(days=2), False)]
)
def test_a_time_that_cannot_be_is_replaced_by_the_arrival(away: timedelta, kept: bool) -> None:
    at_us = microseconds(NOON + away)
    assert Arrival.at(NOON).plausible(at_us) == (at_us if kept else NOON_US)


def test_instants_and_microseconds_are_inverse() -> None:
    assert instant(microseconds(NOON)) == NOON
    assert day_of(NOON_US) == NOON.date()


def test_what_does_not_print_becomes_a_question_mark() -> None:
    assert printable("a\x00b\nc") == "a?b?c"
