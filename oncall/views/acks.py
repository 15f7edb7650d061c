"""The signed link in a page: works without signing in, on a phone, in the night."""

from datetime import UTC

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from oncall.exceptions import AckLinkExpired, AckLinkUnknown, AlertAlreadyResolved
from oncall.services import ack_links, alerts
from portal.lib.requests import request_id_of


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_ack(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST acts: mail scanners fetch every link. The token is the permission, so no cookie is needed."""
    now = timezone.now()
    try:
        page = ack_links.page_of(token, now=now)
    except (AckLinkUnknown, AckLinkExpired) as error:
        return render(request, "oncall/alert_ack.html", {"error": error}, status=error.status)
    alert = page.run.alert
    if request.method == "POST":
        actor = ack_links.actor_of(page, request_id=request_id_of(request))
        try:
            act = alerts.close_alert if request.POST.get("action") == "resolve" else alerts.acknowledge_alert
            alert = act(actor=actor, alert=alert, now=now)
        except AlertAlreadyResolved:
            alert.refresh_from_db()
    context = {"alert": alert, "paged": page.user, "done": request.method == "POST"}
    with timezone.override(page.user.time_zone if page.user else UTC):
        return render(request, "oncall/alert_ack.html", context)
