"""What Django answers by itself (400, 403, 404, 500): a page for people, a problem document for programs."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, unquote_plus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.middleware.common import CommonMiddleware
from django.template.loader import render_to_string
from django.views import defaults

from portal.lib.api.problems import CONTENT_TYPE, problem
from portal.lib.errors import NotFound, PermissionDenied
from portal.lib.requests import request_id_of

API_ROOT = "/api/"
CONTROLS = {chr(number) for number in [*range(32), 127]}
TEXT_CONTROLS = {"\t", "\n", "\r"}


class ControlCharacterMiddleware:
    """Refuses control characters in the address with 400, because no database text can hold them.

    A query may hold tabs and line ends, which people paste into filters.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if CONTROLS.intersection(request.path_info):
            raise BadRequest("The address contains control characters.")
        query = request.META.get("QUERY_STRING", "")
        if (CONTROLS - TEXT_CONTROLS).intersection(unquote_plus(query)):
            raise UnreadableParameter(query)
        return self.get_response(request)


class UnreadableParameter(BadRequest):
    """A control character in the query; `name` is the first parameter that holds one."""

    def __init__(self, query: str) -> None:
        pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
        bad = (name for name, value in pairs if (CONTROLS - TEXT_CONTROLS).intersection(name + value))
        self.name = "".join(letter for letter in next(bad, "query")[:60] if letter.isprintable())
        super().__init__(f"The parameter {self.name} contains control characters.")


class SameRequestRedirect(HttpResponsePermanentRedirect):
    """A redirect after which method and body are sent again."""

    status_code = 308


class SlashMiddleware(CommonMiddleware):
    """Leads to the address with its final slash without turning a POST into a GET."""

    response_redirect_class = SameRequestRedirect


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what cannot be read at all."""
    if not _is_api(request):
        return defaults.bad_request(request, exception)
    detail = str(exception) if isinstance(exception, BadRequest) else "The request cannot be read."
    fields = {exception.name: [detail]} if isinstance(exception, UnreadableParameter) else {}
    title = "The request cannot be read."
    return _problem(request, status=400, code="bad-request", title=title, detail=detail, fields=fields)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what this person may not do."""
    if not _is_api(request):
        return defaults.permission_denied(request, exception)
    title = PermissionDenied.title
    return _problem(request, status=403, code=PermissionDenied.code, title=title, detail=title)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an address that leads nowhere."""
    if not _is_api(request):
        return defaults.page_not_found(request, exception)
    return _problem(request, status=404, code=NotFound.code, title=NotFound.title, detail="There is no such address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer when the portal failed; it names the request, so that the fault can be found in the log."""
    if not _is_api(request):
        return HttpResponse(render_to_string("500.html", {"request": request}), status=500)
    title = "The portal failed to answer."
    return _problem(request, status=500, code="server-error", title=title, detail="The fault is ours; try again.")


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_ROOT)


def _problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str,
    detail: str,
    fields: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    body = problem(status=status, code=code, title=title, detail=detail, fields=fields or {})
    return JsonResponse(body | {"request_id": request_id_of(request)}, status=status, content_type=CONTENT_TYPE)
