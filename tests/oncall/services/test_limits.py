"""Limits of keys."""

from datetime import UTC, datetime, timedelta

from oncall.services import limits

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_each_key_has_its_own_minute() -> None:
    assert [limits.wait_for(-1, rate_per_minute=1, now=NOON) for _ in range(2)] == [0, 60]
    assert limits.wait_for(-2, rate_per_minute=1, now=NOON) == 0
    assert limits.wait_for(-1, rate_per_minute=1, now=NOON + timedelta(minutes=1)) == 0


def test_what_is_refused_is_not_counted() -> None:
    for _ in range(5):
        limits.wait_for(-3, rate_per_minute=1, now=NOON)
    assert limits.wait_for(-3, rate_per_minute=2, now=NOON) == 0
