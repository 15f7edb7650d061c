from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shortener.domain.segments import ClickRecord
from shortener.domain.tallies import (
    DAY_US,
    HOUR_US,
    ORPHANS_PER_BATCH,
    Arrival,
    Tally,
    Visit,
    instant,
    microseconds,
    printable,
)

PERSON = Visit(False, b"v", "192.0.2.0/24", "AT", "phone", "iOS", "Safari", "de", "news.example")
BOT = PERSON._replace(is_bot=True, device="bot")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
NOON_US = microseconds(NOON)


def record(link_id: int = 7, **facts: Any) -> ClickRecord:
    return ClickRecord(NOON_US, link_id, 302, True, **facts)


def test_clicks_are_counted_by_hour_day_and_link() -> None:
    tally = Tally()
    for visit, at_us in [(PERSON, NOON_US), (BOT, NOON_US), (PERSON, NOON_US + HOUR_US)]:
        tally.add_click(record(), visit, at_us)
    assert tally.by_hour() == {(7, NOON_US): [1, 1], (7, NOON_US + HOUR_US): [1, 0]}
    assert tally.by_day() == {(7, NOON_US - NOON_US % DAY_US): [2, 1]}
    assert tally.by_link() == {7: [2, 1]}
    assert tally.last_at_us == {7: NOON_US + HOUR_US}


def test_facets_share_one_count_of_each_kind_of_visit() -> None:
    tally = Tally()
    tally.add_click(record(), PERSON, NOON_US)
    tally.add_click(record(), BOT, NOON_US)
    facets = tally.by_facet()
    day = NOON_US - NOON_US % DAY_US
    assert facets[7, day, "country", "AT"] == [1, 1]
    assert (facets[7, day, "device", "phone"], facets[7, day, "device", "bot"]) == ([1, 0], [0, 1])


def test_outcomes_are_counted_by_minute() -> None:
    tally = Tally()
    tally.add_outcome(at_us=NOON_US + 59_999_999, good=True)
    tally.add_outcome(at_us=NOON_US, good=False)
    assert (tally.totals, tally.goods, tally.records) == ({NOON_US: 2}, {NOON_US: 1}, 2)


def test_many_different_orphans_end_in_one_count() -> None:
    tally = Tally()
    for number in range(ORPHANS_PER_BATCH + 5):
        tally.add_orphan(record(0, host="h", slug=f"s{number}"), NOON_US)
    assert len(tally.orphans) == ORPHANS_PER_BATCH + 1
    assert tally.orphans[NOON_US - NOON_US % DAY_US, "", ""] == 5


def test_the_days_of_the_log_are_named() -> None:
    tally = Tally()
    tally.add_click(record(), PERSON, NOON_US + DAY_US)
    tally.add_click(record(), PERSON, NOON_US)
    assert [str(day) for day in tally.days()] == ["2026-03-04", "2026-03-05"]


@pytest.mark.parametrize(
    ("away", "kept"), [(timedelta(days=-400), True), (timedelta(days=-401), False), (timedelta(days=2), False)]
)
def test_a_time_that_cannot_be_is_replaced_by_the_arrival(away: timedelta, kept: bool) -> None:
    at_us = microseconds(NOON + away)
    assert Arrival.at(NOON).plausible(at_us) == (at_us if kept else NOON_US)


def test_instants_and_microseconds_are_inverse() -> None:
    assert instant(microseconds(NOON)) == NOON


def test_what_does_not_print_becomes_a_question_mark() -> None:
    assert printable("a\x00b\nc") == "a?b?c"
