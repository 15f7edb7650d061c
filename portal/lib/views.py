"""What machines ask each web process: alive, ready, and its numbers."""

import ipaddress
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.lib import health
from portal.lib.metrics import exposition

ROBOTS = "User-agent: *\nAllow: /calendar/\nAllow: /chat/graphs/\nAllow: /static/\nAllow: /status/\nDisallow: /\n"


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Says that the process is alive; touches nothing and records nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Keeps crawlers to what is public; Google's calendar fetches nothing that a robots.txt does not let it."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answers 200 when database, broker and clocks are well, else 503 with the reason of each."""
    found = health.problems(timezone.now())
    return JsonResponse({"ready": not found, "problems": found}, status=503 if found else 200)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The Prometheus exposition, for the allow-listed networks and for holders of the metrics token."""
    if not _may_read_metrics(request):
        return HttpResponse("The metrics are for allow-listed networks or the metrics token.\n", status=403)
    return HttpResponse(exposition.render(), content_type=exposition.CONTENT_TYPE)


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.PORTAL_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and secrets.compare_digest(given, token):
        return True
    if request.headers.get("X-Forwarded-For"):
        return False
    address = ipaddress.ip_address(request.META["REMOTE_ADDR"])
    return any(address in ipaddress.ip_network(network) for network in settings.PORTAL_METRICS_NETWORKS)
