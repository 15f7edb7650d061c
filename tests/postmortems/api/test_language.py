from collections.abc import Callable
from typing import Any

ApiFor = Callable[..., Any]
URL = "/api/v1/postmortems/lint/"


def test_any_token_may_ask(api_for: ApiFor) -> None:
    body = api_for("links:read").post(URL, {"text": "Ada forgot it.", "names": ["Ada"]}).json()
    assert [finding["rule"] for finding in body["findings"]] == ["blame"]


def test_an_empty_text_has_no_findings(api_for: ApiFor) -> None:
    assert api_for("links:read").post(URL, {"text": ""}).json() == {"findings": []}


def test_a_text_is_needed(api_for: ApiFor) -> None:
    assert "text" in api_for("links:read").post(URL, {}).json()["errors"]
