"""Who asks for a link, for rules and limits: the readers of the drain, held out to the pure decision.

Free of Django, so that the edges read visitors by the same code.
"""

import logging

from shortener.domain.visitors import STRANGER, Client, Visitor
from shortener.services import enrichment

logger = logging.getLogger(__name__)


def visitor_of(*, user_agent: str, address: str, accept_language: str, country: str = "") -> Visitor:
    """The visitor with these headers and address; `country` overrules what the address says."""
    return Visitor(
        user_agent=user_agent,
        address=address,
        accept_language=accept_language,
        client_of=client_of,
        country_of=(lambda _: country) if country else country_of,
    )


def client_of(user_agent: str) -> Client:
    """What a user agent says of itself; nothing, should the library give up on it."""
    try:
        return Client(*enrichment.client_of(user_agent))
    except Exception:
        logger.exception("A user agent could not be recognised.")
        return STRANGER


def country_of(address: str) -> str:
    """Where the network is registered; `unknown`, should the library give up on it."""
    try:
        return enrichment.place_of(address).country
    except Exception:
        logger.exception("An address could not be placed.")
        return enrichment.UNKNOWN
