from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from shortener.domain.target_checks import PERIOD, Standing, is_failure, judged, next_slot, offset_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_links_are_spread_evenly_over_the_week() -> None:
    days = Counter(offset_of(link_id) // DAY for link_id in range(7000))
    assert set(days) == set(range(7))
    assert all(850 < number < 1150 for number in days.values())


def test_a_link_has_one_place_in_each_week() -> None:
    first = next_slot(7, NOON)
    assert NOON < first <= NOON + PERIOD
    assert next_slot(7, first) == first + PERIOD


@pytest.mark.parametrize("status", [200, 204, 301, 400, 401, 403, 405, 418, 429, 451, 499])
def test_a_target_that_answers_is_there_even_if_it_wants_no_robots(status: int) -> None:
    assert not is_failure(status)


@pytest.mark.parametrize("status", [None, 404, 410, 500, 503])
def test_no_answer_gone_and_broken_are_failures(status: int | None) -> None:
    assert is_failure(status)


def test_the_first_failure_is_looked_at_again_in_hours() -> None:
    verdict = judged(7, Standing(), failed=True, now=NOON)
    assert (verdict.failures, verdict.dead_since, verdict.due_at) == (1, None, NOON + 6 * HOUR)


def test_the_second_failure_is_death() -> None:
    verdict = judged(7, Standing(1, None, NOON - 6 * HOUR), failed=True, now=NOON)
    assert (verdict.failures, verdict.dead_since, verdict.has_died) == (2, NOON, True)
    assert verdict.due_at == NOON + DAY


def test_a_failure_minutes_later_counts_as_the_same() -> None:
    verdict = judged(7, Standing(1, None, NOON - timedelta(minutes=59)), failed=True, now=NOON)
    assert (verdict.failures, verdict.has_died) == (1, False)


def test_the_dead_die_once_and_are_asked_daily_for_a_month() -> None:
    since = NOON - 29 * DAY
    verdict = judged(7, Standing(20, since, NOON - DAY), failed=True, now=NOON)
    assert (verdict.dead_since, verdict.has_died, verdict.due_at) == (since, False, NOON + DAY)
    old = judged(7, Standing(50, NOON - 31 * DAY, NOON - DAY), failed=True, now=NOON)
    assert old.due_at == next_slot(7, NOON)


def test_one_answer_makes_alive_again() -> None:
    verdict = judged(7, Standing(5, NOON - DAY, NOON - DAY), failed=False, now=NOON)
    assert (verdict.failures, verdict.dead_since, verdict.due_at) == (0, None, next_slot(7, NOON))
