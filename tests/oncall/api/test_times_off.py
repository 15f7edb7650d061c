"""Times off through the API; the story with swaps is in test_swaps.py."""

from collections.abc import Callable

from rest_framework.test import APIClient


def test_a_service_account_has_none(api_for: Callable[..., APIClient], db: None) -> None:
    assert api_for("links:read").get("/api/v1/times-off/").status_code == 403


def test_a_reversed_span_is_named(api_for: Callable[..., APIClient]) -> None:
    told = {"starts_at": "2026-03-05T00:00:00Z", "ends_at": "2026-03-04T00:00:00Z"}
    answer = api_for("oncall:write").post("/api/v1/times-off/", told)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["ends_at"])
