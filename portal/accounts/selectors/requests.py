"""Who is behind a request: the one way for views of every app to the Actor."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import actors
from portal.lib.requests import request_id_of


def actor_of(request: HttpRequest | Request) -> Actor:
    """The actor that the middleware or the API's authentication has set; anonymous when nothing has."""
    inner = request._request if isinstance(request, Request) else request
    found: Actor = vars(inner).get("actor") or Actor.anonymous()
    return found


def set_actor(request: HttpRequest, actor: object) -> None:
    """Puts `actor` where `actor_of` finds it."""
    vars(request)["actor"] = actor


def session_actor(request: HttpRequest) -> Actor:
    """The actor of a browser session; anonymous without one."""
    user = signed_in_user(request)
    if user is None:
        return Actor.anonymous(request_id_of(request), address_of(request))
    return actors.actor_for_user(user, request_id=request_id_of(request), address=address_of(request))


def signed_in_user(request: HttpRequest) -> User | None:
    """The person of the session, None when nobody is signed in."""
    user = request.user
    return user if isinstance(user, User) else None


def address_of(request: HttpRequest) -> str | None:
    """The caller's address: what the outermost trusted proxy saw, else the peer of the connection."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.PORTAL_TRUSTED_PROXIES
    text = hops[-trusted] if 0 < trusted <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
