from collections.abc import Callable

import pytest
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.test import APIClient

from portal.lib.api.problems import field_errors, readable

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]


def test_a_refusal_is_a_problem_document_with_the_request_id(api: APIClient) -> None:
    response = api.delete("/notes/taken/")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:sre-portal:problem:conflict",
        "title": "This is in conflict with what is stored.",
        "status": 409,
        "detail": "Taken.",
        "request_id": response["X-Request-Id"],
    }


def test_all_field_errors_come_at_once(api: APIClient) -> None:
    response = api.post("/notes/", {"name": "x" * 11, "tags": ["ok", "long"], "colour": "red"})
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"name", "tags.1", "colour"}


def test_a_missing_object_is_404(api: APIClient) -> None:
    response = api.get("/notes/tem_unknown/")
    assert (response.status_code, response.json()["type"]) == (404, "urn:sre-portal:problem:not-found")


def test_a_limit_says_in_whole_seconds_when_to_come_back(api: APIClient) -> None:
    response = api.delete("/notes/busy/")
    assert (response.status_code, response["Retry-After"]) == (429, "7")
    assert response.json()["retry_after"] == 7


def test_without_a_token_the_answer_is_401_with_a_challenge() -> None:
    response = APIClient().get("/notes/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_without_the_scope_the_answer_is_403(api_for: Callable[..., APIClient]) -> None:
    assert api_for("links:read").get("/notes/").status_code == 403


def test_a_body_that_is_not_json_is_400(api: APIClient) -> None:
    response = api.post("/notes/", "{", content_type="application/json")
    assert (response.status_code, response.json()["type"]) == (400, "urn:sre-portal:problem:parse-error")


def test_another_media_type_is_415(api: APIClient) -> None:
    assert api.post("/notes/", "<a/>", content_type="text/xml").status_code == 415


def test_another_method_is_405(api: APIClient) -> None:
    problem = api.put("/notes/").json()
    assert (problem["status"], problem["title"]) == (405, "This method is not allowed here.")


def test_nested_errors_are_named_by_their_path() -> None:
    nested = ValidationError({"steps": [{}, {"delay": ["Too short."]}], "name": ["Missing."]})
    assert field_errors(nested.detail) == {"steps.1.delay": ["Too short."], "name": ["Missing."]}


def test_a_throttle_rounds_its_wait_up() -> None:
    from portal.lib.api.problems import _headers

    assert _headers(Throttled(wait=1.2))["Retry-After"] == "2"


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800"])
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}])
def test_what_no_text_can_hold_is_told_readably(text: str, headers: dict[str, str], api: APIClient) -> None:
    body = f'{{"name": ["{text}"], "x{text}": 1}}'
    response = api.post("/notes/", data=body, content_type="application/json", headers=headers)
    assert response.status_code == 422
    assert response.json()["errors"]["x\ufffd"] == ["There is no such field."]


def test_nested_data_is_made_readable() -> None:
    assert readable({"a\0": ["\udfff", 1, None, {"b": "c"}]}) == {"a\ufffd": ["\ufffd", 1, None, {"b": "c"}]}
