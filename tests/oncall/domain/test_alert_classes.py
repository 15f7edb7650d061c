from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oncall.domain.alert_classes import Fired, class_of, classes, span_of_week, week_of

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
VIENNA = ZoneInfo("Europe/Vienna")


def _fired(key: str = "a", **said: Any) -> Fired:
    facts: dict[str, Any] = {"title": key, "severity": "critical", "started_at": NOON, "acknowledged_at": None}
    facts |= {"resolved_at": None, "paged": 1, "was_answered": False}
    return Fired(key, **(facts | said))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Disk 91 % full on db-3", "Disk 97 % full on db-12"),
        ("Job 5f2504e0-4f89-11d3-9a0c-0305e82c3301 is late", "Job 0a2504e0-4f89-11d3-9a0c-0305e82c3302 is late"),
        ("Build deadbeef0 broke", "BUILD cafebabe1  broke"),
    ],
)
def test_titles_that_differ_in_numbers_are_of_one_class(one: str, other: str) -> None:
    assert class_of("int_1", {}, one)[0] == class_of("int_1", {}, other)[0]


def test_the_name_of_a_rule_counts_more_than_the_title() -> None:
    rule = {"alertname": "HighErrors"}
    assert class_of("int_1", rule, "Errors at 7 %") == class_of("int_1", rule, "Something else")
    assert class_of("int_1", rule, "x")[1] == "HighErrors"


def test_the_same_words_of_another_sender_are_another_class() -> None:
    assert class_of("int_1", {}, "Down")[0] != class_of("int_2", {}, "Down")[0]


def test_a_key_fits_its_column_whatever_the_title() -> None:
    assert len(class_of("s" * 300, {}, "ü" * 5000)[0]) <= 255


def test_the_class_with_the_most_pages_comes_first() -> None:
    found = classes([_fired("a"), _fired("b", paged=3), _fired("c", paged=0), _fired("c", paged=0)], VIENNA)
    assert [one.key for one in found] == ["b", "a", "c"]


def test_a_class_sums_up_what_its_alerts_did() -> None:
    answered = _fired(
        acknowledged_at=NOON + timedelta(minutes=4), resolved_at=NOON + timedelta(hours=1), was_answered=True
    )
    (found,) = classes(
        [answered, _fired(), _fired(acknowledged_at=NOON + timedelta(minutes=8), was_answered=True)], VIENNA
    )
    assert (found.fired, found.paged, found.answered) == (3, 3, 2)
    assert (found.answer, found.lasted) == (timedelta(minutes=6), timedelta(hours=1))


@pytest.mark.parametrize(("hour", "nights"), [(20, 0), (21, 1), (5, 1), (6, 0)])
def test_night_is_on_the_clock_of_the_team(hour: int, nights: int) -> None:
    (found,) = classes([_fired(started_at=NOON.replace(hour=hour))], VIENNA)
    assert found.at_night == nights


def test_a_week_begins_on_monday_on_the_clock_of_the_team() -> None:
    assert week_of(date(2026, 3, 29)) == date(2026, 3, 23)
    begins, ends = span_of_week(date(2026, 3, 23), VIENNA)
    assert ends - begins == timedelta(days=7)
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(days=7, hours=-1)
