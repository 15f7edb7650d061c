"""The short way in for machines: no session, no cookie, no page; what they send is stored and answered."""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve

ROOTS = (
    "/ingest/alertmanager/",
    "/ingest/grafana/",
    "/ingest/json/",
    "/ingest/heartbeat/",
    "/v2/enqueue",
    "/v2/change/enqueue",
)
MOST_KEPT = 2000


@lru_cache(maxsize=MOST_KEPT)
def found(path: str) -> ResolverMatch:
    """The view of an address; senders keep to theirs, and hundreds of patterns stand before it. Resolver404."""
    return resolve(path)


class MachineMiddleware:
    """Calls the view of a machine's address at once, past everything that only browsers need.

    An address that is none of them goes the long way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOTS):
            return self.get_response(request)
        try:
            match = found(request.path_info)
        except Resolver404:
            return self.get_response(request)
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response
