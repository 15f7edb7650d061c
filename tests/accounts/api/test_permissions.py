from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from portal.accounts.api.permissions import needed_scopes

LINKS = SimpleNamespace(scope="links", create_scope="links:create", action="create")


@pytest.mark.parametrize(
    ("method", "scopes"),
    [
        ("GET", ["links:read"]),
        ("HEAD", ["links:read"]),
        ("PATCH", ["links:write"]),
        ("DELETE", ["links:write"]),
        ("POST", ["links:write", "links:create"]),
    ],
)
def test_reading_and_writing_need_their_own_scopes(method: str, scopes: list[str]) -> None:
    assert needed_scopes(method, LINKS) == scopes


def test_the_create_scope_is_for_the_collection_alone() -> None:
    view = SimpleNamespace(scope="links", create_scope="links:create", action="disable")
    assert needed_scopes("POST", view) == ["links:write"]


def test_a_view_without_a_scope_lets_nobody_in() -> None:
    assert needed_scopes("GET", SimpleNamespace()) == []


@pytest.mark.parametrize(("scope", "status"), [("services:read", 200), ("admin", 200), ("links:read", 403)])
def test_a_token_reads_what_its_scope_names(scope: str, status: int, api_for: Callable[..., Any]) -> None:
    assert api_for(scope).get("/api/v1/services/").status_code == status


def test_reading_does_not_write(api_for: Callable[..., Any]) -> None:
    assert api_for("services:read").post("/api/v1/services/", {}).status_code == 403


def test_any_token_may_ask_who_it_is(api_for: Callable[..., Any]) -> None:
    assert api_for("reports:read").get("/api/v1/me/").status_code == 200
