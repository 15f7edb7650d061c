"""Following a link on the portal's own origin: the same decision as at an edge, with the same gate before it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from shortener.domain.budgets import Budget
from shortener.domain.redirect import Answer, Kind, RequestFacts, decide
from shortener.domain.visitors import Visitor, network_of
from shortener.selectors.arrivals import Arrival
from shortener.services import budgets, visit_limits


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: who, how, and which of the link's pages are behind it."""

    visitor: Visitor
    method: str = "GET"
    query: str = ""
    is_prefetch: bool = False
    is_admitted: bool = False
    is_shown: bool = False

    @property
    def counts(self) -> bool:
        """Whether this is a person's visit."""
        return self.method == "GET" and not self.is_prefetch and not self.visitor.client.is_bot


def answer(found: Arrival, asked: Asked, *, now: datetime) -> Answer:
    """What the request is answered with. A visit of a link with a limit is claimed before it is redirected.

    A preview claims nothing, but is not shown of a link that is used up.
    """
    facts, reading, at = found.facts, found.reading, now.timestamp()
    request = RequestFacts(
        method=asked.method,
        domain=found.domain.name if found.domain else "",
        slug=reading.slug if reading else "",
        rest=reading.rest if reading else None,
        preview=reading.preview if reading else False,
        query=asked.query,
        visitor=asked.visitor,
        is_admitted=asked.is_admitted,
        is_shown=asked.is_shown,
    )
    first = decide(facts, request, at)
    if facts is None or facts.max_visits is None or first.kind not in {Kind.REDIRECT, Kind.PORTAL}:
        return first
    claim = visit_limits.claim(facts, counts=asked.counts and first.kind is Kind.REDIRECT)
    second = decide(facts, request._replace(claim=claim, is_shown=True), at)
    return second if first.kind is Kind.REDIRECT or second.kind is not Kind.REDIRECT else first


def destination(found: Arrival, asked: Asked, *, now: datetime) -> Answer:
    """Where a link would lead this visitor if its pages were behind it; nothing is claimed."""
    reading = found.reading
    request = RequestFacts(
        query=asked.query,
        rest=reading.rest if reading else None,
        visitor=asked.visitor,
        is_admitted=True,
        is_shown=True,
    )
    return decide(found.facts, request, now.timestamp())


def spend_guess(visitor: Visitor, *, now: datetime) -> None:
    """Takes one from the budget of links that do not exist; raises BudgetSpent."""
    limit = settings.PORTAL_UNKNOWN_LINKS_PER_MINUTE
    client = network_of(visitor.parsed_address) or "unknown"
    if limit:
        budgets.spend(name="Unknown links", key=f"404:{client}"[:33], budget=Budget(limit, 60), now=now)
