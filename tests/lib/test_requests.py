import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.lib.requests import RequestIdMiddleware, request_id_of


def answer(**headers: str) -> tuple[HttpRequest, HttpResponse]:
    request = RequestFactory().get("/", headers=headers)
    return request, RequestIdMiddleware(lambda _: HttpResponse())(request)


def test_a_request_gets_an_id_and_the_answer_says_it() -> None:
    request, response = answer()
    assert request_id_of(request).startswith("req_")
    assert response["X-Request-Id"] == request_id_of(request)


def test_an_id_of_the_caller_is_kept() -> None:
    request, _ = answer(**{"X-Request-Id": "trace-12345678"})
    assert request_id_of(request) == "trace-12345678"


@pytest.mark.parametrize("hostile", ["short", "x" * 65, 'a"quote-here', "new\tline-here"])
def test_a_hostile_id_is_replaced(hostile: str) -> None:
    request, _ = answer(**{"X-Request-Id": hostile})
    assert request_id_of(request).startswith("req_")


def test_outside_the_middleware_there_is_no_id() -> None:
    assert request_id_of(RequestFactory().get("/")) == ""
