"""Published shifts through the API."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule

URL = "/api/v1/schedules/"


@pytest.fixture
def api(api_for: Callable[..., APIClient], alice: Any) -> APIClient:
    """Alice's token."""
    return api_for("oncall:read", user=alice)


def test_shifts_are_the_resolvers(api: APIClient, schedule: Schedule, stopped: datetime) -> None:
    span = {"from": stopped.isoformat(), "to": (stopped + timedelta(weeks=1)).isoformat()}
    found = api.get(f"{URL}{schedule.public_id}/shifts/", span).json()["items"]
    assert [one["people"][0]["name"] for one in found if one["role"] == "primary"] == ["Alice", "Bob"]


def test_a_reversed_range_is_named(api: APIClient, schedule: Schedule) -> None:
    span = {"from": "2026-03-05T00:00:00Z", "to": "2026-03-04T00:00:00Z"}
    assert "to" in api.get(f"{URL}{schedule.public_id}/shifts/", span).json()["errors"]
