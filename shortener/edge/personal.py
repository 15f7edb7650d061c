"""Answers that depend on who asks: rules, forwarded queries, limits of visits, and the budget of unknown links."""

from collections.abc import Callable

from shortener.domain.redirect import Claim, LinkFacts, RequestFacts, decide
from shortener.domain.visitors import Visitor
from shortener.edge import pages
from shortener.edge.budget import Budget
from shortener.edge.limits import Limits
from shortener.edge.ready import Ready, paged
from shortener.edge.resolver import Resolver

MOST_CHOSEN = 1_000
"""Visitors for whom one link's answer is remembered."""

Done = Callable[[Ready], None]


class Personal:
    """Beside the resolver, on the loop: what `Ready` leaves open is decided here, for one request."""

    def __init__(self, *, resolver: Resolver, limits: Limits, budget: Budget) -> None:
        self.limits = limits
        self.budget = budget
        self._resolver = resolver

    def refused(self, address: bytes, now: float) -> Ready | None:
        """The answer to a client that has asked for too many links that do not exist, if this is one more of them."""
        seconds = self.budget.take(address, now)
        if not seconds:
            return None
        choices = pages.too_many(seconds)
        ready = paged("too_many", choices, now)
        ready.is_recorded = False
        return ready

    def answer(
        self, ready: Ready, visitor: Visitor, query: str, now: float, *, counts: bool, done: Done
    ) -> Ready | None:
        """The answer for this visitor; None if a counter is asked first, and then `done` gets it.

        `counts` says that the request is a GET which nobody made ahead; bots are left out here.
        """
        facts, request = ready.facts, ready.request
        if facts is None or request is None:
            return ready
        if facts.max_visits is None or not ready.is_personal:
            return self._chosen(ready, facts, request, visitor, query, now)

        def told(claim: Claim) -> None:
            done(self._decided(ready, facts, request, visitor, query, now, claim))

        self.limits.claim(facts, counts=counts and not visitor.client.is_bot, told=told)
        return None

    def _chosen(
        self, ready: Ready, facts: LinkFacts, request: RequestFacts, visitor: Visitor, query: str, now: float
    ) -> Ready:
        if query and ready.forwards:
            return self._decided(ready, facts, request, visitor, query, now, None)
        found = ready.chosen.get(visitor)
        if found is None:
            found = self._decided(ready, facts, request, visitor, query, now, None)
            if len(ready.chosen) >= MOST_CHOSEN:
                ready.chosen.clear()
            ready.chosen[visitor] = found
        return found

    def _decided(
        self,
        ready: Ready,
        facts: LinkFacts,
        request: RequestFacts,
        visitor: Visitor,
        query: str,
        now: float,
        claim: Claim | None,
    ) -> Ready:
        asked = RequestFacts(
            domain=request.domain,
            slug=request.slug,
            rest=request.rest,
            preview=request.preview,
            portal_url=request.portal_url,
            query=query,
            visitor=visitor,
            claim=claim,
        )
        return self._resolver.rendered(decide(facts, asked, now), request.domain).named_as(ready)
