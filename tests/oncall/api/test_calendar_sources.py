"""Calendars as layers through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule

ApiFor = Callable[..., APIClient]
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART:21990304T130000Z\r\nDTEND:21990304T150000Z\r\nSUMMARY:Bob\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def url(schedule: Schedule) -> str:
    return f"/api/v1/schedules/{schedule.public_id}/calendars/"


@pytest.fixture
def api(api_for: ApiFor, alice: Any) -> APIClient:
    """Alice's token."""
    return api_for("oncall:read", "oncall:write", user=alice)


def test_it_is_made_read_named_and_removed(api: APIClient, url: str, bob: Any) -> None:
    made = api.post(url, {"name": "File", "ics": ICS}).json()
    one = f"/api/v1/calendar-sources/{made['id']}/"
    assert [found["id"] for found in api.get(url).json()["items"]] == [made["id"]]
    assert api.patch(one, {"people": {"Der Chef": bob.email}}, format="json").status_code == 200
    assert (api.get(one).json()["problem"], api.delete(one).status_code, api.get(one).status_code) == ("", 204, 404)


def test_the_address_is_told_to_nobody(api: APIClient, url: str) -> None:
    made = api.post(url, {"name": "Google", "url": "https://example.com/secret.ics"})
    assert (made.status_code, "secret" in made.content.decode()) == (201, False)


def test_one_of_address_and_file(api: APIClient, url: str) -> None:
    assert list(api.post(url, {"name": "None"}).json()["errors"]) == ["url"]
    assert list(api.post(url, {"name": "Bad", "ics": "x"}).json()["errors"]) == ["file"]


def test_a_responder_may_not_add(api_for: ApiFor, bob: Any, url: str) -> None:
    assert api_for("oncall:write", user=bob).post(url, {"name": "File", "ics": ICS}).status_code == 403
