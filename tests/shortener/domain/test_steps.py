from datetime import UTC, datetime, timedelta

import pytest

from shortener.domain import steps


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # the parts are whole numbers of a date


@pytest.mark.parametrize(
    ("step", "start"),
    [
        ("minute", at(2026, 3, 4, 12, 34)),
        ("hour", at(2026, 3, 4, 12)),
        ("day", at(2026, 3, 4)),
        ("week", at(2026, 3, 2)),
        ("month", at(2026, 3, 1)),
    ],
)
def test_a_bucket_begins_where_its_step_does(step: str, start: datetime) -> None:
    assert steps.floor(step, at(2026, 3, 4, 12, 34, 56)) == start


def test_buckets_are_utc_whatever_zone_the_instant_comes_in() -> None:
    local = datetime.fromisoformat("2026-03-05T00:30:00+01:00")
    assert steps.floor("day", local) == at(2026, 3, 4)


def test_months_are_moved_over_the_end_of_the_year() -> None:
    assert steps.moved("month", at(2026, 11, 1), 3) == at(2027, 2, 1)
    assert steps.moved("month", at(2026, 1, 1), -1) == at(2025, 12, 1)


def test_every_bucket_that_the_span_touches_is_there() -> None:
    assert steps.starts("month", at(2026, 1, 31), at(2026, 3, 2)) == [at(2026, 1, 1), at(2026, 2, 1), at(2026, 3, 1)]


def test_the_end_of_a_span_does_not_belong_to_it() -> None:
    assert steps.starts("hour", at(2026, 3, 4, 12), at(2026, 3, 4, 13)) == [at(2026, 3, 4, 12)]


@pytest.mark.parametrize(
    ("hours", "step"), [(1, "minute"), (24, "hour"), (24 * 8, "hour"), (24 * 30, "day"), (24 * 365, "week")]
)
def test_a_length_has_a_step_that_suits_it(hours: int, step: str) -> None:
    assert steps.suited(timedelta(hours=hours)) == step


def test_many_years_are_read_in_months() -> None:
    assert steps.suited(timedelta(days=3000)) == "month"
