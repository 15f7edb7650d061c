import itertools
from datetime import UTC, datetime, timedelta

from portal.reports.domain import periods

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_a_period_ends_now() -> None:
    found = periods.period(now=NOW, days=30)
    assert (found.start, found.end) == (NOW - timedelta(days=30), NOW)


def test_short_periods_have_weeks_from_monday() -> None:
    first, *_, last = periods.period(now=NOW, days=30).buckets()
    assert first[0] == datetime(2026, 2, 2, tzinfo=UTC)
    assert last == (datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))


def test_a_year_has_months() -> None:
    buckets = periods.period(now=NOW, days=365).buckets()
    assert len(buckets) == 13
    assert buckets[-1] == (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def test_buckets_touch_each_other() -> None:
    buckets = periods.period(now=NOW, days=365).buckets()
    assert all(left[1] == right[0] for left, right in itertools.pairwise(buckets))
