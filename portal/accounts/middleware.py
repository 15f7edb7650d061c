"""Sets who asks and in which zone they read, for every page."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import actors
from portal.lib.requests import request_id_of
from portal.lib.times import zone


class ActorMiddleware:
    """Sets `request.actor`, read from the database at its first use, and activates the reader's time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        set_actor(request, SimpleLazyObject(lambda: session_actor(request)))
        with timezone.override(reader_zone(request)):
            return self.get_response(request)


def set_actor(request: HttpRequest, actor: object) -> None:
    """Puts `actor` where every view finds it."""
    request.__dict__["actor"] = actor


def session_actor(request: HttpRequest) -> Actor:
    """The actor of a browser session; anonymous without one."""
    address = address_of(request)
    if isinstance(request.user, User) or getattr(request.user, "pk", None):
        return actors.actor_of_user(request.user, request_id=request_id_of(request), address=address)
    return Actor.anonymous(request_id_of(request), address)


def reader_zone(request: HttpRequest) -> ZoneInfo:
    """The zone of the signed-in person, UTC for everybody else and for a zone that this machine does not know."""
    try:
        return zone(getattr(request.user, "time_zone", "UTC"))
    except ValueError:
        return ZoneInfo("UTC")


def address_of(request: HttpRequest) -> str | None:
    """The caller's address behind the trusted proxies."""
    from allauth.core.internal.httpkit import get_client_ip

    return get_client_ip(request)
