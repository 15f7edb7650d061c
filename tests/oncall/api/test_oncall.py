"""Who is on call now, through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import schedule_of

ApiFor = Callable[..., APIClient]
URL = "/api/v1/oncall/now/"


def names(answer: Any) -> list[tuple[str, str]]:
    return [(item["role"], item["user"]["name"]) for item in answer.json()["items"]]


@pytest.fixture
def api(api_for: ApiFor, charlie: Any, schedule: Schedule, stopped: datetime) -> APIClient:
    """A token of somebody in another team."""
    return api_for("oncall:read", user=charlie)


def test_everybody_may_know_who_is_on_call(api: APIClient) -> None:
    answer = api.get(URL)
    assert names(answer) == [("primary", "Alice"), ("secondary", "Bob")]
    assert answer.json()["items"][0]["until"] == "2026-03-09T09:00:00Z"


def test_it_is_asked_by_team_service_or_schedule(api: APIClient, service: Any, schedule: Schedule) -> None:
    for query in ({"team": "payments"}, {"service": "checkout"}, {"schedule": schedule.public_id}):
        assert len(names(api.get(URL, query))) == 2
    assert names(api.get(URL, {"team": "search"})) == []


def test_an_unknown_team_is_not_found(api: APIClient) -> None:
    assert api.get(URL, {"team": "nobody"}).status_code == 404


def test_a_private_team_keeps_its_secret(api: APIClient, alice: Any) -> None:
    schedule_of(alice, team=TeamFactory(is_private=True))
    assert len(names(api.get(URL))) == 2
