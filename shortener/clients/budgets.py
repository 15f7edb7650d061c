"""Counters of budgets in Valkey: one atomic step each."""

from functools import cache
from typing import Any

import redis
from django.conf import settings

TIMEOUT = 0.5
COUNT = """
local used = redis.call('INCRBY', KEYS[1], ARGV[1])
if used == tonumber(ARGV[1]) then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return used
"""


class CounterAway(Exception):
    """Valkey does not answer."""


def count(*, key: str, number: int, lifetime: int) -> int:
    """Adds `number` to a counter that lives for `lifetime` seconds from its first use, and says how much it is now."""
    name = f"{settings.CACHES['default']['KEY_PREFIX']}:budget:{key}"
    try:
        return int(_connection(settings.REDIS_URL).eval(COUNT, 1, name, number, lifetime))
    except redis.RedisError as error:
        raise CounterAway from error


@cache
def _connection(url: str) -> Any:
    return redis.Redis.from_url(url, socket_connect_timeout=TIMEOUT, socket_timeout=TIMEOUT)
