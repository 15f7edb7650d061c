"""Calendar feeds through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from oncall.models import Schedule

ApiFor = Callable[..., APIClient]
URL = "/api/v1/calendar-feeds/"


@pytest.fixture
def api(api_for: ApiFor, alice: Any) -> APIClient:
    """Alice's token."""
    return api_for("oncall:read", "oncall:write", user=alice)


def test_it_is_made_listed_without_its_address_and_revoked(api: APIClient, schedule: Schedule) -> None:
    made = api.post(URL, {"schedule": schedule.public_id})
    path = made.json()["url"].split("//", 1)[1].split("/", 1)[1]
    assert (made.status_code, Client().get(f"/{path}").status_code) == (201, 200)
    assert [(one["id"], "url" in one) for one in api.get(URL).json()["items"]] == [(made.json()["id"], False)]
    assert api.delete(f"{URL}{made.json()['id']}/").status_code == 204
    assert Client().get(f"/{path}").status_code == 404


def test_of_one_thing_only(api: APIClient, schedule: Schedule, team: Any) -> None:
    assert api.post(URL, {"schedule": schedule.public_id, "team": team.slug}).status_code == 422


def test_another_persons_feed_is_not_found(api: APIClient, api_for: ApiFor, bob: Any) -> None:
    made = api.post(URL, {}).json()
    assert api_for("oncall:write", user=bob).delete(f"{URL}{made['id']}/").status_code == 404


def test_reading_is_not_writing(api_for: ApiFor, alice: Any) -> None:
    assert api_for("oncall:read", user=alice).post(URL, {}).status_code == 403
