"""A bound for every body, known from its announced length before a byte of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from portal.lib.api.problems import CONTENT_TYPE, problem
from portal.lib.errors import TooLarge
from portal.lib.refusals import API_ROOT
from portal.lib.requests import request_id_of

MOST = 51 * 1024 * 1024
"""The largest upload (50 MB) and the form around it."""
DETAIL = "Send at most 50 MB at once."


class BodySizeMiddleware:
    """Answers 413 to a body that is longer than anything the portal takes, before any of it is stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if length.isascii() and length.isdigit() and int(length[:18]) <= MOST:
            return self.get_response(request)
        error = TooLarge(DETAIL)
        if request.path_info.startswith(API_ROOT):
            body = problem(status=error.status, code=error.code, title=error.title, detail=error.detail, fields={})
            body["request_id"] = request_id_of(request)
            return JsonResponse(body, status=error.status, content_type=CONTENT_TYPE)
        return render(request, "portal/error.html", {"error": error}, status=error.status)
