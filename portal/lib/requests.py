"""A request id for every request: taken from the caller or made here, sent back, and bound to the logs."""

import re
import secrets
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

MARK = "request_id"
HEADER = "X-Request-Id"
ACCEPTABLE = re.compile(r"[A-Za-z0-9_.-]{8,64}")


class RequestIdMiddleware:
    """Sets `request.request_id` and answers with it; hostile or overlong ids are replaced."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if ACCEPTABLE.fullmatch(given) else f"req_{secrets.token_hex(12)}"
        setattr(request, MARK, request_id)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response[HEADER] = request_id
        return response


def request_id_of(request: HttpRequest) -> str:
    """The id of this request, empty outside the middleware."""
    return getattr(request, MARK, "")
