"""Turns a DomainError that a page did not handle itself into an error page with its status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.lib.errors import DomainError, TooManyRequests


class DomainErrorMiddleware:
    """Answers an uncaught DomainError with `error.html` and the error's own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        template = "404.html" if exception.status == NOT_FOUND else "portal/error.html"
        response = render(request, template, {"error": exception}, status=exception.status)
        if isinstance(exception, TooManyRequests):
            response["Retry-After"] = str(exception.retry_after)
        return response


NOT_FOUND = 404
