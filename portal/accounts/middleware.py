"""Sets who asks and in which zone they read, for every page, and keeps the list of their sessions."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.usersessions.internal import usersessionkit
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from portal.accounts.selectors.requests import address_of, session_actor, set_actor
from portal.lib.times import zone

NEWS_AFTER = timedelta(minutes=1)
REMEMBERED = 4096


class SessionsMiddleware:
    """Writes where and when a session was last seen: when it comes from elsewhere, and else once in NEWS_AFTER.

    The middleware of allauth, in whose place this stands, reads and writes a row for every page. Each process remembers
    on its own, so that a session is written at the worst once a process in that time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seen: OrderedDict[tuple[str | None, ...], datetime] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_news(request):
            usersessionkit.track_activity(request, user=request.user, session=request.session)
        return self.get_response(request)

    def _is_news(self, request: HttpRequest) -> bool:
        browser = request.META.get("HTTP_USER_AGENT", "")
        place, now = (request.session.session_key, address_of(request), browser), timezone.now()
        seen_at = self.seen.pop(place, None)
        is_news = seen_at is None or not seen_at <= now < seen_at + NEWS_AFTER
        self.seen[place] = now if seen_at is None or is_news else seen_at
        if len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)
        return is_news


class ActorMiddleware:
    """Sets `request.actor`, read from the database at its first use, and activates the reader's time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        set_actor(request, SimpleLazyObject(lambda: session_actor(request)))
        with timezone.override(reader_zone(request)):
            return self.get_response(request)


def reader_zone(request: HttpRequest) -> ZoneInfo:
    """The zone of the signed-in person, UTC for everybody else and for a zone that this machine does not know."""
    try:
        return zone(getattr(request.user, "time_zone", "UTC"))
    except ValueError:
        return ZoneInfo("UTC")
