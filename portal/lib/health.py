"""Readiness: named checks that each process asks; the apps register theirs in `portal.wiring`."""

from collections.abc import Callable, Collection
from datetime import datetime

import redis
from django.conf import settings
from django.db import Error, connection
from redis.exceptions import RedisError

Check = Callable[[datetime], str | None]

_checks: dict[str, Check] = {}
_concerns: dict[str, frozenset[str]] = {}


def register(name: str, check: Check, *, not_for: Collection[str] = ()) -> None:
    """Adds a check that answers None when all is well and a sentence otherwise; a name is replaced, never doubled.

    `not_for` names the processes that go on without what is checked.
    """
    _checks[name] = check
    _concerns[name] = frozenset(not_for)


def problems(now: datetime) -> dict[str, str]:
    """What keeps this process from being ready, by the name of the check."""
    process = settings.PORTAL_PROCESS
    mine = {name: check for name, check in _checks.items() if process not in _concerns.get(name, ())}
    found = {name: _ask(check, now) for name, check in mine.items()}
    return {name: text for name, text in found.items() if text}


def ask(name: str, now: datetime) -> str | None:
    """What one check says, whichever process asks; None where there is no such check."""
    return _ask(_checks[name], now) if name in _checks else None


def _ask(check: Check, now: datetime) -> str | None:
    try:
        return check(now)
    except (Error, RedisError, OSError) as error:
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else 'no answer'}"


def database(_now: datetime) -> str | None:
    """Whether PostgreSQL answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def broker(_now: datetime) -> str | None:
    """Whether Valkey answers."""
    redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1).ping()
    return None


register("database", database)
register("broker", broker, not_for={"pager"})
