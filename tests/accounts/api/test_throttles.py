from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from portal.accounts.api import throttles


@pytest.fixture
def _two_a_minute(settings: Any) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"token": "2/min"}}


@pytest.mark.usefixtures("_two_a_minute")
def test_the_third_request_in_a_minute_waits(api_for: Callable[..., Any]) -> None:
    client = api_for("teams:read")
    with time_machine.travel("2026-03-04T12:00:10Z", tick=False):
        statuses = [client.get("/api/v1/me/").status_code for _ in range(3)]
        refused = client.get("/api/v1/me/")
    assert statuses == [200, 200, 429]
    assert refused["Retry-After"] == "50"


@pytest.mark.usefixtures("_two_a_minute")
def test_the_next_minute_starts_anew(api_for: Callable[..., Any]) -> None:
    client = api_for("teams:read")
    with time_machine.travel("2026-03-04T12:00:10Z", tick=False):
        statuses = [client.get("/api/v1/me/").status_code for _ in range(3)]
    with time_machine.travel("2026-03-04T12:01:00Z", tick=False):
        statuses.append(client.get("/api/v1/me/").status_code)
    assert statuses == [200, 200, 429, 200]


@pytest.mark.usefixtures("_two_a_minute")
def test_one_token_does_not_slow_another(api_for: Callable[..., Any]) -> None:
    with time_machine.travel("2026-03-04T12:00:10Z", tick=False):
        first, second = api_for("teams:read"), api_for("teams:read")
        for _ in range(3):
            first.get("/api/v1/me/")
        assert second.get("/api/v1/me/").status_code == 200


@pytest.mark.parametrize(("text", "expected"), [("6000/min", (6000, 60)), ("5/s", (5, 1)), ("9/hour", (9, 3600))])
def test_a_rate_is_read(text: str, expected: tuple[int, int]) -> None:
    assert throttles.rate(text) == expected
