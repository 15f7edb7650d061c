"""The signed link in a page: works without signing in, on a phone, in the night."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from oncall.domain.answers import Word
from oncall.exceptions import AckLinkExpired, AckLinkUnknown
from oncall.models import Alert, Page
from oncall.selectors import graphs, outlook
from oncall.services import ack_links, answers, assignments, snoozes
from portal.accounts.domain.actors import Actor
from portal.lib import charts
from portal.lib.errors import DomainError
from portal.lib.requests import request_id_of

SNOOZED_FOR = timedelta(hours=1)
NARROW = 350.0


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
    actor = ack_links.actor_of(page, request_id=request_id_of(request))
    said = _act(request.POST.get("action", ""), page, actor, now) if request.method == "POST" else ""
    with timezone.override(page.user.time_zone if page.user else UTC):
        return render(request, "oncall/alert_ack.html", _context(page, actor, now) | {"said": said})


def _act(action: str, page: Page, actor: Actor, now: datetime) -> str:
    """What became of it, in a sentence."""
    try:
        if action == "snooze":
            until = now + SNOOZED_FOR
            snoozes.snooze(actor=actor, alert=page.run.alert, until=until, now=now)
            return "Snoozed for an hour. If it is open then, it pages again."
        if action == "escalate":
            is_asked = assignments.escalate(actor=actor, alert=page.run.alert, now=now)
            return "The next are being asked now." if is_asked else "Nobody is left to ask."
    except DomainError as error:
        return error.detail
    word: Word = "resolve" if action == "resolve" else "acknowledge"
    found = answers.answer(page=page, word=word, actor=actor, now=now)
    is_mine = found.alert.status == Alert.Status.ACKNOWLEDGED and found.alert.assigned_to_id == actor.user_id
    return "Acknowledged: it is yours, and nobody else is paged." if is_mine else f"{found.said}."


def _context(page: Page, actor: Actor, now: datetime) -> dict[str, Any]:
    found = Alert.objects.select_related("team", "service", "assigned_to", "resolved_by", "lead")
    alert = found.get(pk=page.run.alert_id)
    if alert.lead_id is not None:
        alert = found.get(pk=alert.lead_id)
    run = outlook.open_run(alert) if alert.status == Alert.Status.FIRING else None
    drawn = [one for one in graphs.graphs_of(alert, actor, now=now) if not one.is_empty][:1]
    svg = [charts.svg(one.chart, timezone.get_current_timezone(), NARROW) for one in drawn]
    return {
        "alert": alert,
        "paged": page.user or page.contact_point,
        "is_mine": actor.user_id is not None and alert.assigned_to_id == actor.user_id,
        "is_good": alert.status != Alert.Status.FIRING,
        "upcoming": next(iter(outlook.upcoming(run, team_id=alert.team_id)), None),
        "graph": drawn[0] if drawn else None,
        "drawing": SafeString(svg[0]) if svg else "",
        "now": now,
    }
