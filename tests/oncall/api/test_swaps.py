"""Swaps through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule

ApiFor = Callable[..., APIClient]
SPAN = {"starts_at": "2026-03-05T18:00:00Z", "ends_at": "2026-03-05T23:00:00Z"}


@pytest.fixture
def url(schedule: Schedule) -> str:
    return f"/api/v1/schedules/{schedule.public_id}/swaps/"


@pytest.fixture
def apis(api_for: ApiFor, alice: Any, bob: Any, vera: Any, stopped: datetime) -> dict[str, APIClient]:
    """A client of each of the three."""
    people = {"alice": alice, "bob": bob, "vera": vera}
    return {name: api_for("oncall:read", "oncall:write", user=user) for name, user in people.items()}


def test_offered_taken_and_withdrawn(apis: dict[str, APIClient], url: str) -> None:
    made = apis["alice"].post(url, SPAN)
    assert (made.status_code, made.json()["status"]) == (201, "open")
    one = f"/api/v1/swaps/{made.json()['id']}/"
    taken = apis["bob"].post(f"{one}take/", {})
    assert (taken.status_code, taken.json()["taker"]["name"]) == (200, "Bob")
    assert apis["bob"].post(f"{one}take/", {}).status_code == 409
    assert apis["bob"].post(f"{one}withdraw/").json()["status"] == "withdrawn"
    assert [found["id"] for found in apis["alice"].get(url).json()["items"]] == [apis["bob"].get(one).json()["id"]]


def test_a_responder_offers_only_their_own(apis: dict[str, APIClient], url: str) -> None:
    assert apis["bob"].post(url, SPAN | {"person": "alice@example.com"}).status_code == 403
    assert apis["alice"].post(url, SPAN | {"person": "bob@example.com"}).status_code == 201


def test_a_viewer_may_not(apis: dict[str, APIClient], url: str) -> None:
    made = apis["alice"].post(url, SPAN).json()
    assert apis["vera"].post(url, SPAN).status_code == 403
    assert apis["vera"].post(f"/api/v1/swaps/{made['id']}/take/", {}).status_code == 403
    assert apis["vera"].post(f"/api/v1/swaps/{made['id']}/withdraw/").status_code == 403


def test_bad_input_is_named(apis: dict[str, APIClient], url: str) -> None:
    answer = apis["alice"].post(url, {"starts_at": "soon", "role": "captain", "colour": "red"})
    assert sorted(answer.json()["errors"]) == ["colour", "ends_at", "role", "starts_at"]


def test_time_off_asks_for_cover(apis: dict[str, APIClient], schedule: Schedule) -> None:
    made = apis["alice"].post("/api/v1/times-off/", SPAN)
    assert (made.status_code, [swap["role"] for swap in made.json()["swaps"]]) == (201, ["primary"])
    assert len(apis["alice"].get("/api/v1/times-off/").json()["items"]) == 1
    one = f"/api/v1/times-off/{made.json()['id']}/"
    assert [apis["bob"].delete(one).status_code, apis["alice"].delete(one).status_code] == [404, 204]
