"""When a failed page is tried again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain import retry


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 15), (2, 30), (3, 60)])
def test_the_waits_grow(attempts: int, seconds: int) -> None:
    wait = retry.delay(attempts)
    assert wait is not None
    assert wait.total_seconds() == seconds


@pytest.mark.parametrize("attempts", [0, 4, 9])
def test_there_is_no_fourth_wait(attempts: int) -> None:
    assert retry.delay(attempts) is None


@pytest.mark.parametrize(("seconds", "wait"), [(1, 15), (40, 40), (9000, 300)])
def test_a_provider_that_asks_for_a_pause_gets_it_within_bounds(seconds: int, wait: int) -> None:
    assert retry.delay(1, timedelta(seconds=seconds)) == timedelta(seconds=wait)


def test_no_wish_of_a_provider_gives_a_rule_another_chance() -> None:
    assert retry.delay(4, timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    ("headers", "said", "seconds"),
    [
        ({"Retry-After": "20"}, {}, 20),
        ({"Retry-After": "Wed, 04 Mar 2026 12:00:30 GMT"}, {}, 30),
        ({"Retry-After": "Wed, 04 Mar 2026 13:00:30 GMT", "Date": "Wed, 04 Mar 2026 13:00:00 GMT"}, {}, 30),
        ({}, {"retry_after": 0.65}, 0.65),
        ({}, {"parameters": {"retry_after": 7}}, 7),
        ({"Retry-After": "9" * 400}, {}, None),
        ({"Retry-After": "soon"}, {}, None),
        ({"Retry-After": "Wed, 04 Mar 2026 11:00:00 GMT"}, {}, None),
        ({"Retry-After": "-5"}, {"retry_after": 3}, None),
        ({}, {"retry_after": float("nan"), "parameters": []}, None),
        ({}, {"retry_after": {"x": 1}}, None),
        ({}, {}, None),
    ],
    ids=["seconds", "date", "own-clock", "json", "telegram", "huge", "word", "past", "negative", "nan", "odd", "none"],
)
def test_what_providers_ask_for(
    headers: dict[str, str], said: dict[str, Any], seconds: float | None, now: datetime
) -> None:
    assert retry.wanted(headers, said, now=now) == (None if seconds is None else timedelta(seconds=seconds))
