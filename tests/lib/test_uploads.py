from typing import Any

import pytest
from django.test import Client, RequestFactory

from portal.lib import uploads

HUGE = str(uploads.MOST + 1)


def announced(length: str) -> Any:
    return Client().post("/links/imports/new/", CONTENT_LENGTH=length)


def test_a_page_answers_a_body_that_is_too_long_before_reading_it() -> None:
    response = announced(HUGE)
    assert response.status_code == 413
    assert "Send at most 50 MB at once." in response.content.decode()


def test_the_api_answers_it_with_a_problem() -> None:
    response = Client().post("/api/v1/imports/", CONTENT_LENGTH=HUGE)
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")
    assert response.json()["request_id"] == response["X-Request-Id"]


@pytest.mark.parametrize("length", ["-1", "x", "9" * 400, "\u0669"])
def test_a_length_that_is_none_is_no_way_around(length: str) -> None:
    assert announced(length).status_code == 413


@pytest.mark.parametrize("length", ["", "0", str(uploads.MOST)])
def test_other_bodies_go_on(length: str) -> None:
    request = RequestFactory().get("/", CONTENT_LENGTH=length)
    passed = uploads.BodySizeMiddleware(lambda _request: "answer")  # type: ignore[arg-type,return-value]
    assert passed(request) == "answer"  # type: ignore[comparison-overlap]
