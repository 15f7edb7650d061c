"""Each operation of the schema, asked without a token, with one without scopes and with one of another scope."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from rest_framework.test import APIClient

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
pytestmark = pytest.mark.django_db
ANY_TOKEN_MAY = {
    ("get", "/api/v1/me/"),
    ("post", "/api/v1/schedules/preview/"),
    ("post", "/api/v1/slos/preview/"),
    ("post", "/api/v1/integrations/preview/"),
    ("post", "/api/v1/forecasts/preview/"),
    ("post", "/api/v1/postmortems/lint/"),
}

TRIES = {("post", "/api/v1/links/{id}/test/"), ("post", "/api/v1/schedules/{id}/preview/")}
"""They say what a request would get, and store nothing: whoever may read may ask."""


@cache
def operations() -> list[tuple[str, str]]:
    schema = yaml.load(SCHEMA.read_text(), Loader=yaml.CSafeLoader)
    return sorted((method, path) for path, item in schema["paths"].items() for method in item)


def ask(api: APIClient, method: str, path: str) -> int:
    address = re.sub(r"\{\w+\}", "any", path)
    status: int = api.generic(method.upper(), address, "{}", content_type="application/json").status_code
    return status


def test_nobody_comes_in_without_a_token() -> None:
    api = APIClient()
    assert {(operation, ask(api, *operation)) for operation in operations()} == {(one, 401) for one in operations()}


def test_a_token_without_scopes_opens_only_what_any_token_may_ask(api_for: Callable[..., APIClient]) -> None:
    api = api_for()
    assert {one for one in operations() if ask(api, *one) != 403} == ANY_TOKEN_MAY & set(operations())


def test_a_token_of_another_scope_opens_nothing_more(api_for: Callable[..., APIClient]) -> None:
    audit, reports = api_for("audit:read"), api_for("reports:read")
    opened = {one for one in operations() if 403 not in (ask(audit, *one), ask(reports, *one))}
    assert opened == ANY_TOKEN_MAY & set(operations())


def test_a_token_that_reads_everything_writes_nothing(api_for: Callable[..., APIClient]) -> None:
    api = api_for(*(f"{name}:read" for name in READABLE))
    writes = {one for one in operations() if one[0] != "get"}
    assert {one for one in writes if ask(api, *one) != 403} == (ANY_TOKEN_MAY | TRIES) & writes


READABLE = [
    "links", "services", "slos", "releases", "alerts", "oncall", "incidents", "postmortems", "teams", "tokens",
]  # fmt: skip
