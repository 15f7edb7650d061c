from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from postmortems.domain import policy
from postmortems.domain.policy import Policy


@pytest.mark.parametrize(
    ("severity", "minutes", "expected"),
    [
        (1, 1, Policy.REQUIRED),
        (2, None, Policy.REQUIRED),
        (3, 31, Policy.REQUIRED),
        (3, 30, Policy.OPTIONAL),
        (3, None, Policy.OPTIONAL),
        (4, 500, Policy.SKIPPED),
    ],
)
def test_what_is_owed(severity: int, minutes: int | None, expected: Policy) -> None:
    lasted = timedelta(minutes=minutes) if minutes is not None else None
    assert policy.policy(severity=severity, lasted=lasted) == expected


def test_a_drill_owes_nothing() -> None:
    assert policy.policy(severity=1, lasted=None, is_drill=True) == Policy.SKIPPED


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 4), 1, date(2026, 3, 5)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 4), 5, date(2026, 3, 11)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 4), 0, date(2026, 3, 4)),
    ],
)
def test_business_days_skip_weekends(start: date, days: int, end: date) -> None:
    assert policy.add_business_days(start, days) == end


def test_the_day_is_the_teams_day() -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    assert policy.due_on(resolved_at=late, severity=1, zone=ZoneInfo("UTC")) == date(2026, 3, 11)
    assert policy.due_on(resolved_at=late, severity=1, zone=ZoneInfo("Asia/Tokyo")) == date(2026, 3, 12)
