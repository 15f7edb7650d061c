"""Who asks, from the bytes of a request: the same readers that the drain has, so both see the same visitor."""

from functools import lru_cache

from shortener.domain.visitors import Visitor
from shortener.services import visitors


@lru_cache(maxsize=10_000)
def visitor_of(user_agent: bytes, address: bytes, language: bytes) -> Visitor:
    """The visitor with these headers and address; the same object while it is remembered."""
    return visitors.visitor_of(
        user_agent=user_agent.decode("utf-8", "replace"),
        address=address.decode("utf-8", "replace"),
        accept_language=language.decode("utf-8", "replace"),
    )


def warm() -> None:
    """Load the tables of user agents and networks, which takes longer than a redirect may wait."""
    visitor = visitor_of(b"Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", b"192.0.2.1", b"en")
    _ = visitor.client, visitor.country
