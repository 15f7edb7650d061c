"""How many links that do not exist one client may ask for: a bucket of tokens for each, bounded in number.

A client is an IPv4 address or the /64 of an IPv6 one. The buckets are this edge's own: with n edges a client that is
spread over all of them has n budgets.
"""

from functools import lru_cache
from math import ceil

from shortener.domain.visitors import Visitor, network_of

PER_MINUTE = 120
MOST_CLIENTS = 20_000
"""Clients of one generation; there are two, so that a busy one is not forgotten in a flood of others."""


class Budget:
    """Buckets that hold `per_minute` tokens and fill within a minute; 0 means without bound."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self.per_minute = per_minute
        self._rate = per_minute / 60
        self._recent: dict[bytes, tuple[float, float]] = {}
        self._former: dict[bytes, tuple[float, float]] = {}

    def take(self, address: bytes, now: float) -> int:
        """Take one token of this client: 0 if there was one, else the whole seconds until there is one again."""
        if not self.per_minute:
            return 0
        client = client_key(address)
        tokens, at = self._recent.get(client) or self._former.get(client) or (float(self.per_minute), now)
        tokens = min(float(self.per_minute), tokens + max(0.0, now - at) * self._rate)
        is_granted = tokens >= 1
        self._keep(client, tokens - 1 if is_granted else tokens, now)
        return 0 if is_granted else max(1, ceil((1 - tokens) / self._rate))

    def _keep(self, client: bytes, tokens: float, now: float) -> None:
        if len(self._recent) >= MOST_CLIENTS and client not in self._recent:
            self._former, self._recent = self._recent, {}
        self._recent[client] = tokens, now


@lru_cache(maxsize=50_000)
def client_key(address: bytes) -> bytes:
    """What stands for a client: its address, of an IPv6 one the network; itself if it is no address."""
    parsed = Visitor(address=address.decode("latin-1")).parsed_address
    return network_of(parsed).encode() or address
