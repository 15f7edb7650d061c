"""Sets who asks and in which zone they read, for every page."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from portal.accounts.selectors.requests import session_actor, set_actor
from portal.lib.times import zone


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
