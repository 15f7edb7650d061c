"""The signed link in a page: works without signing in, on a phone, in the night."""

from datetime import UTC

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from oncall.domain.answers import Word
from oncall.exceptions import AckLinkExpired, AckLinkUnknown
from oncall.services import ack_links, answers
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
        word: Word = "resolve" if request.POST.get("action") == "resolve" else "acknowledge"
        actor = ack_links.actor_of(page, request_id=request_id_of(request))
        alert = answers.answer(page=page, word=word, actor=actor, now=now).alert
    context = {"alert": alert, "paged": page.user or page.contact_point, "done": request.method == "POST"}
    with timezone.override(page.user.time_zone if page.user else UTC):
        return render(request, "oncall/alert_ack.html", context)
