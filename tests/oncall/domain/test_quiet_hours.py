"""Quiet hours move what can wait to their end."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from oncall.domain import quiet_hours

NIGHT: dict[str, Any] = {"starts": time(22), "ends": time(7), "zone": "Europe/Vienna"}


@pytest.mark.parametrize(
    ("at", "earliest"),
    [
        ("2026-03-04T20:59", "2026-03-04T20:59"),
        ("2026-03-04T21:00", "2026-03-05T06:00"),
        ("2026-03-05T02:00", "2026-03-05T06:00"),
        ("2026-03-05T06:00", "2026-03-05T06:00"),
        ("2026-03-28T23:00", "2026-03-29T05:00"),
    ],
)
def test_a_night_ends_in_the_morning_of_its_zone(at: str, earliest: str) -> None:
    begun, ended = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (at, earliest))
    assert quiet_hours.earliest(begun, weekdays=(), **NIGHT) == ended


def test_only_nights_that_begin_on_its_days_are_quiet() -> None:
    at = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
    assert quiet_hours.earliest(at, weekdays=(3,), **NIGHT) == at


def test_only_critical_alerts_disturb() -> None:
    assert [quiet_hours.disturbs(one) for one in ("critical", "warning", "info")] == [True, False, False]
