"""Temporary schedules through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule

ApiFor = Callable[..., APIClient]
SPAN = {"starts_at": "2026-03-05T18:00:00Z", "ends_at": "2026-03-05T23:00:00Z"}
TOLD = {"name": "Fair", **SPAN, "shifts": [{"role": "primary", "people": ["bob@example.com"], **SPAN}]}


@pytest.fixture
def url(schedule: Schedule, stopped: datetime) -> str:
    return f"/api/v1/schedules/{schedule.public_id}/temporary/"


def test_a_manager_adds_reads_and_ends(api_for: ApiFor, alice: Any, bob: Any, url: str) -> None:
    api = api_for("oncall:read", "oncall:write", user=alice)
    made = api.post(url, TOLD)
    assert (made.status_code, made.json()["items"][0]["shifts"][0]["people"]) == (201, [bob.public_id])
    assert api.get(url).json() == made.json()
    assert [api.delete(f"{url}Fair/").status_code, api.delete(f"{url}Fair/").status_code] == [204, 404]


def test_a_responder_may_not(api_for: ApiFor, bob: Any, url: str) -> None:
    assert api_for("oncall:write", user=bob).post(url, TOLD).status_code == 403


def test_an_unknown_person_is_named(api_for: ApiFor, alice: Any, url: str) -> None:
    told = TOLD | {"shifts": [{"people": ["usr_x"], **SPAN}]}
    assert list(api_for("oncall:write", user=alice).post(url, told).json()["errors"]) == ["shifts.0.people"]
