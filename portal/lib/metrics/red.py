"""RED for web requests: rate, errors and duration by route template, method and status; never by path."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UNMATCHED = "unmatched"
SILENT = frozenset({"healthz", "readyz", "metrics"})

requests = Counter("portal_http_requests_total", "Requests answered.", ["route", "method", "status"])
durations = Histogram("portal_http_request_seconds", "Time to answer.", ["route", "method"], buckets=BUCKETS)
in_flight = Gauge("portal_http_requests_in_flight", "Requests being answered.", multiprocess_mode="livesum")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestMetricsMiddleware:
    """Counts each request once, whatever its end; the probes of machines are left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with in_flight.track_inprogress():
            response = self.get_response(request)
        route = route_of(request)
        if route not in SILENT:
            method = request.method if request.method in METHODS else "OTHER"
            requests.labels(route, method, response.status_code).inc()
            durations.labels(route, method).observe(time.perf_counter() - started)
        return response


def route_of(request: HttpRequest) -> str:
    """The URL pattern that matched, such as `links/<str:id>/`, or `unmatched`."""
    match = request.resolver_match
    return match.route or "/" if match else UNMATCHED
