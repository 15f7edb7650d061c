"""When people may be told what can wait."""

from datetime import UTC, datetime

import pytest

from oncall.domain.daytime import is_daytime


@pytest.mark.parametrize(
    ("zone", "hour", "expected"),
    [
        ("UTC", 9, True),
        ("UTC", 18, False),
        ("UTC", 3, False),
        ("Asia/Tokyo", 3, True),
        ("America/New_York", 12, False),
        ("Mars/Base", 12, True),
        ("../etc", 3, False),
    ],
)
def test_it_is_the_persons_own_day(zone: str, hour: int, expected: bool) -> None:
    assert is_daytime(zone, datetime(2026, 3, 4, hour, tzinfo=UTC)) is expected
