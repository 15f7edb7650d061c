from django.http import HttpResponse
from django.test import RequestFactory

from portal.lib.errors import Conflict, NotFound, TooManyRequests
from portal.lib.errors_middleware import DomainErrorMiddleware


def page_of(error: Exception) -> HttpResponse | None:
    return DomainErrorMiddleware(lambda _: HttpResponse()).process_exception(RequestFactory().get("/"), error)


def test_a_refusal_becomes_a_page_with_its_status() -> None:
    response = page_of(Conflict("Somebody was faster."))
    assert response is not None
    assert response.status_code == 409
    assert b"Somebody was faster." in response.content


def test_nothing_there_is_the_404_page() -> None:
    response = page_of(NotFound())
    assert response is not None
    assert response.status_code == 404


def test_a_limit_says_when_to_come_back() -> None:
    response = page_of(TooManyRequests(retry_after=9))
    assert response is not None
    assert response["Retry-After"] == "9"


def test_a_defect_stays_a_defect() -> None:
    assert page_of(KeyError("x")) is None
