"""Overrides through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Override, Schedule

ApiFor = Callable[..., APIClient]
SPAN = {"starts_at": "2026-03-05T18:00:00Z", "ends_at": "2026-03-05T23:00:00Z"}
TOLD = {"role": "primary", "user": "bob@example.com", "reason": "theatre", **SPAN}


@pytest.fixture
def api(api_for: ApiFor, bob: Any, stopped: datetime) -> APIClient:
    """Bob's token."""
    return api_for("oncall:read", "oncall:write", user=bob)


@pytest.fixture
def url(schedule: Schedule) -> str:
    return f"/api/v1/schedules/{schedule.public_id}/overrides/"


def test_a_responder_takes_over_and_gives_back(api: APIClient, url: str) -> None:
    made = api.post(url, TOLD)
    assert (made.status_code, api.get(url).json()["items"]) == (201, [made.json()])
    assert api.delete(f"/api/v1/overrides/{made.json()['id']}/").status_code == 204
    assert not Override.objects.exists()


def test_an_overlap_is_a_conflict(api: APIClient, url: str) -> None:
    assert [api.post(url, TOLD).status_code for _ in range(2)] == [201, 409]


def test_an_unknown_person_is_named(api: APIClient, url: str) -> None:
    assert list(api.post(url, TOLD | {"user": "usr_x"}).json()["errors"]) == ["user"]


def test_a_viewer_may_not(api_for: ApiFor, vera: Any, url: str) -> None:
    assert api_for("oncall:write", user=vera).post(url, TOLD).status_code == 403
