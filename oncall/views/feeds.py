"""Shifts in one's own calendar: the feeds of a person, and the calendar itself for whoever has the address."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oncall.clients import ical_out
from oncall.forms.feeds import FeedForm
from oncall.selectors import calendar_feeds as found_feeds
from oncall.services import calendar_feeds
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed_list(request: HttpRequest) -> HttpResponse:
    """The reader's feeds; a new one shows its address once."""
    actor = actor_of(request)
    owner_id = actor.user_id or 0
    form = FeedForm(request.POST if request.method == "POST" else None, actor=actor, initial=request.GET.dict())
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            feed, token = calendar_feeds.create_feed(actor=actor, owner_id=owner_id, **told, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            context |= {
                "feed": feed,
                "url": address(token),
                "subscribe_url": f"webcal://{address(token).split('://')[1]}",
            }
    context["rows"] = [(one, found_feeds.name_of(one)) for one in found_feeds.feeds_of(owner_id)]
    return render(request, "oncall/feed_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feed_revoke(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then closes an address."""
    actor = actor_of(request)
    feed = found_feeds.get_feed(actor.user_id or 0, id)
    if request.method == "POST":
        calendar_feeds.revoke_feed(actor=actor, feed=feed, now=timezone.now())
        messages.success(request, "Nobody gets shifts from that address any more.")
        return redirect("feed_list")
    return render(request, "oncall/feed_revoke.html", {"feed": feed, "name": found_feeds.name_of(feed)})


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar that `token` opens, or 304 to whoever has it already."""
    now = timezone.now()
    feed = found_feeds.feed_by_token(token)
    changed = found_feeds.changed_at(feed)
    body = ical_out.text_of(
        found_feeds.name_of(feed),
        found_feeds.duties(feed, now),
        host=urlsplit(settings.PORTAL_BASE_URL).hostname or "portal",
        changed_at=changed,
        names_people=not found_feeds.is_personal(feed),
    )
    calendar_feeds.note_use(feed=feed, now=now)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["Cache-Control"] = "private, max-age=300"
    answer["Content-Disposition"] = 'inline; filename="on-call.ics"'
    known = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return known or answer


def address(token: str) -> str:
    """Where a calendar program fetches the feed."""
    return f"{settings.PORTAL_BASE_URL}{reverse('calendar_feed', args=[token])}"
