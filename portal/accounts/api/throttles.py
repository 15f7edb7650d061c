"""How many requests a caller may make: a counter per caller and minute in the cache."""

from typing import Any

from django.core.cache import cache
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from portal.accounts.selectors.requests import actor_of

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class TokenThrottle(BaseThrottle):
    """Counts in fixed windows with one INCR a request; with the cache away nobody is refused."""

    def allow_request(self, request: Request, view: Any) -> bool:
        limit, window = rate(str(api_settings.DEFAULT_THROTTLE_RATES["token"]))
        second = int(timezone.now().timestamp())
        self.left = window - second % window
        return counted(key=f"rate:{caller(request)}:{second // window}", lifetime=window) <= limit

    def wait(self) -> float:
        return float(self.left)


def rate(text: str) -> tuple[int, int]:
    """`6000/min` as (6000, 60)."""
    count, _, unit = text.partition("/")
    return int(count), SECONDS[unit[0]]


def counted(*, key: str, lifetime: int) -> int:
    """How many times `key` was counted in this window, this time included; 0 when the cache does not answer."""
    cache.add(key, 0, timeout=lifetime + 1)
    try:
        return int(cache.incr(key) or 0)
    except ValueError:
        return 0


def caller(request: Request) -> str:
    """Who is counted: the token or person, else the address."""
    actor = actor_of(request)
    return actor.key if actor.is_known else f"address:{actor.address}"
