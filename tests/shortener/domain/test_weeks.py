from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shortener.domain import weeks

VIENNA, AUCKLAND = ZoneInfo("Europe/Vienna"), ZoneInfo("Pacific/Auckland")
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2026, 3, 2, 6, 59, tzinfo=UTC), MONDAY - timedelta(days=7)),
        (datetime(2026, 3, 2, 7, 0, tzinfo=UTC), MONDAY),
        (datetime(2026, 3, 8, 22, 0, tzinfo=UTC), MONDAY),
    ],
)
def test_a_week_is_due_from_eight_on_monday_in_the_zone(now: datetime, week: date) -> None:
    assert weeks.week_due(now, VIENNA) == week


def test_monday_comes_earlier_in_auckland() -> None:
    assert weeks.week_due(datetime(2026, 3, 1, 19, tzinfo=UTC), AUCKLAND) == MONDAY


@pytest.mark.parametrize(("sent", "due"), [(None, True), (MONDAY - timedelta(days=7), True), (MONDAY, False)])
def test_a_week_that_was_sent_is_not_due_again(sent: date | None, due: bool) -> None:
    assert weeks.is_due(sent_week=sent, now=datetime(2026, 3, 4, 12, tzinfo=UTC), zone=VIENNA) is due


def test_the_monday_of_a_monday_is_itself() -> None:
    assert weeks.monday_of(MONDAY) == MONDAY == weeks.monday_of(date(2026, 3, 8))
