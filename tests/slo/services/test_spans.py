"""What is wrong with a span is told under the names of its fields; corrections and maintenance share it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.windows import DAY, HOUR
from slo.models import Correction
from slo.services import spans


def problems(now: datetime, **changes: Any) -> spans.Problems:
    return spans.problems(Correction(**{"starts_at": now, "ends_at": now + HOUR} | changes), now=now)


@pytest.mark.parametrize("rule", ["", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1SU;COUNT=3"], ids=["once", "daily", "monthly"])
def test_a_sound_span_has_none(now: datetime, rule: str) -> None:
    assert problems(now, rrule=rule, zone="Europe/Vienna") == {}


def test_both_ends_are_told_at_once(now: datetime) -> None:
    found = problems(now, starts_at=now - 500 * DAY, ends_at=now)
    assert set(found) == {"starts_at", "ends_at"}


def test_a_span_that_overlaps_itself_is_told_at_its_rule(now: datetime) -> None:
    assert set(problems(now, ends_at=now + 2 * DAY, rrule="FREQ=DAILY")) == {"rrule"}


def test_a_span_of_no_length_is_none(now: datetime) -> None:
    assert problems(now, ends_at=now - timedelta(seconds=1)) == {"ends_at": ["The end lies after the start."]}


def test_times_zone_and_rule_are_told_at_once(now: datetime) -> None:
    found = problems(now, ends_at=now, zone="Mars/X", rrule="FREQ=SECONDLY")
    assert set(found) == {"ends_at", "zone", "rrule"}


def test_a_time_at_the_end_of_all_times_is_told(now: datetime) -> None:
    last = datetime.max.replace(tzinfo=now.tzinfo)
    assert set(problems(now, starts_at=last, ends_at=last, rrule="FREQ=DAILY")) == {"starts_at", "ends_at"}
