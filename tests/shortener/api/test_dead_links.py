from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import TargetCheck
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/dead-links/"


@pytest.fixture
def check(team: Any, now: datetime) -> TargetCheck:
    return TargetCheck.objects.create(link=LinkFactory(team=team), due_at=now, dead_since=now, status=410)


def test_links_to_repair_are_listed(api_for: Callable[..., Any], check: TargetCheck) -> None:
    found = api_for("links:read").get(URL).json()["items"]
    assert [(one["link"], one["status"]) for one in found] == [(check.link.public_id, 410)]


def test_other_teams_see_none_of_them(api_for: Callable[..., Any], charlie: Any, check: TargetCheck) -> None:
    assert api_for("links:read", user=charlie).get(URL).json()["items"] == []


def test_a_target_can_be_asked_again(api_for: Callable[..., Any], vera: Any, check: TargetCheck) -> None:
    path = f"{URL}{check.link.public_id}/recheck/"
    assert api_for("links:write").post(path).status_code == 202
    assert api_for("links:read").post(path).status_code == 403
    assert api_for("links:write", user=vera).post(path).status_code == 403


def test_an_odd_filter_is_an_error_of_its_field(api_for: Callable[..., Any]) -> None:
    response = api_for("links:read").get(f"{URL}?mine=perhaps")
    assert (response.status_code, set(response.json()["errors"])) == (422, {"mine"})
