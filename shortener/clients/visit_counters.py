"""The counters of links with a limit, in Valkey, as the portal moves and mends them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import redis
from django.conf import settings

from shortener.domain import visit_counters
from shortener.domain.redirect import Claim

TIMEOUT = 0.25
"""Seconds that a visitor waits for the counter at most."""

RAISE = """
local raised = 0
for number, key in ipairs(KEYS) do
  local used = tonumber(redis.call('GET', key) or '-1')
  if tonumber(ARGV[number]) > used then
    redis.call('SET', key, ARGV[number])
    raised = raised + 1
  end
end
return raised
"""


class CounterAway(Exception):
    """Valkey does not answer; it may do so a moment later."""

    permanent = False


def claim(*, link_id: int, known: int, limit: int, counts: bool) -> tuple[Claim, int]:
    """One atomic step of the gate, the same as the edges take."""
    words = visit_counters.arguments(known=known, limit=limit, counts=counts)
    try:
        reply = _connection(settings.REDIS_URL).eval(visit_counters.SCRIPT, 1, visit_counters.key_of(link_id), *words)
    except redis.RedisError as error:
        raise CounterAway from error
    return visit_counters.verdict(reply)


def raise_to(people: Mapping[int, int]) -> int:
    """Lifts each link's counter to at least this many people, never lowers one, and says how many were lifted."""
    if not people:
        return 0
    try:
        keys = [visit_counters.key_of(link_id) for link_id in people]
        return int(_connection(settings.REDIS_URL).eval(RAISE, len(keys), *keys, *people.values()))
    except redis.RedisError as error:
        raise CounterAway from error


@cache
def _connection(url: str) -> Any:
    return redis.Redis.from_url(url, socket_connect_timeout=TIMEOUT, socket_timeout=TIMEOUT)
