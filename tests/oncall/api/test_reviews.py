"""The weekly review through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories.oncall import AlertFactory

pytestmark = pytest.mark.django_db
WEEK = "/api/v1/alert-reviews/week/?team=payments&week=2026-03-04"
REVIEWS = "/api/v1/alert-reviews/?team=payments"
TOLD = {"week": "2026-03-04", "title": "Disk full", "decision": "change", "owner": "bob@example.com"}


@pytest.fixture
def api(api_for: Callable[..., APIClient], bob: Any) -> APIClient:
    """Bob's token."""
    return api_for("alerts:read", "alerts:write", user=bob)


def test_a_class_of_the_week_is_decided_about_and_done(api: APIClient, team: Any) -> None:
    AlertFactory(team=team, title="Disk full")
    (row,) = api.get(WEEK).json()
    assert (row["fired"], row["decision"]) == (1, None)
    made = api.post(REVIEWS, TOLD | {"alert_class": row["alert_class"]}).json()
    assert api.get(WEEK).json()[0]["decision"] == made
    assert api.post(f"/api/v1/alert-reviews/{made['id']}/done/").json()["done_at"]
    assert api.get(REVIEWS).json()["items"] == []


def test_what_was_missing_needs_no_class(api: APIClient, team: Any) -> None:
    assert api.post(REVIEWS, TOLD | {"decision": "missing"}).status_code == 201


@pytest.mark.parametrize(
    ("address", "said", "field"),
    [
        (REVIEWS, {}, "alert_class"),
        (REVIEWS, {"decision": "x"}, "decision"),
        (REVIEWS, {"owner": "nobody@example.com"}, "owner"),
        ("/api/v1/alert-reviews/", {}, "team"),
    ],
)
def test_bad_input_is_named(api: APIClient, team: Any, address: str, said: dict[str, str], field: str) -> None:
    answer = api.post(address, TOLD | said)
    assert (answer.status_code // 100, list(answer.json()["errors"])) == (4, [field])


def test_a_day_that_is_none_is_refused(api: APIClient, team: Any) -> None:
    assert api.get("/api/v1/alert-reviews/week/?team=payments&week=someday").status_code == 422


def test_a_private_team_is_not_there_for_others(api_for: Callable[..., APIClient], charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert api_for("alerts:read", user=charlie).get(WEEK).status_code == 404
