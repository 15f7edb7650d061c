"""Limits of visits, exact over all edges: one atomic operation on the link's counter in Valkey for each visit.

How many people were let through stands in Valkey; each edge remembers the highest number that it saw, and PostgreSQL
knows how many the drain has counted. Only people count: HEAD, prefetch and bots are answered by the counter as it
stands. A visit waits for it at most as long as `valkey.TIMEOUT`; who hangs up meanwhile has used a visit.

- The counter is there: the visit is granted and counted, or refused.
- It is lower than this edge remembers (Valkey was flushed, or lost a second): it is lifted in the same operation.
- It is missing and this edge remembers nothing: PostgreSQL is asked how many people were counted, and the counter
  begins there. Visits that no drain has counted yet are not in that number; `services/visit_limits.py` lifts the
  counter as soon as they are.
- Valkey is away, or neither knows: the link's own setting decides, open or refused. A gate that this edge remembers as
  shut stays shut all the same, and what it lets through meanwhile is remembered too.
"""

from collections import OrderedDict
from collections.abc import Callable

from shortener.domain import visit_counters
from shortener.domain.redirect import Claim, LinkFacts
from shortener.edge.lookup import Questions
from shortener.edge.valkey import Valkey

REMEMBERED = 100_000

Told = Callable[[Claim], None]


class Limits:
    """The gate of links with a limit; on the loop."""

    def __init__(self, *, counters: Valkey, people: Questions[int, int]) -> None:
        self.counters = counters
        self.people = people
        self.claims = dict.fromkeys(Claim, 0)
        """Answers given, by what they were."""
        self._seen: OrderedDict[int, int] = OrderedDict()

    def claim(self, link: LinkFacts, *, counts: bool, told: Told) -> None:
        """Ask whether one more visit may pass; `told` is called once, perhaps at once."""
        self._ask(link, counts, told, may_seed=True)

    def _ask(self, link: LinkFacts, counts: bool, told: Told, *, may_seed: bool) -> None:
        words = visit_counters.arguments(
            known=self._seen.get(link.id, visit_counters.UNSEEDED), limit=link.max_visits or 0, counts=counts
        )
        self.counters.ask(
            *("EVAL", visit_counters.SCRIPT, "1", visit_counters.key_of(link.id), *words),
            done=lambda reply: self._replied(link, counts, told, reply, may_seed=may_seed),
        )

    def _replied(self, link: LinkFacts, counts: bool, told: Told, reply: object, *, may_seed: bool) -> None:
        claim, used = visit_counters.verdict(reply)
        if claim is not Claim.AWAY:
            self._remember(link.id, used)
            self._tell(told, claim)
        elif reply is None or not may_seed or not self._seed(link, counts, told):
            self._tell(told, self._alone(link, counts))

    def _seed(self, link: LinkFacts, counts: bool, told: Told) -> bool:
        """Whether PostgreSQL is asked how many people were counted."""

        def counted(people: int | None) -> None:
            if people is not None:
                self._remember(link.id, people)
            self._ask(link, counts, told, may_seed=False)

        return self.people.ask(link.id, counted)

    def _alone(self, link: LinkFacts, counts: bool) -> Claim:
        """What this edge says by itself, with the counter away."""
        seen = self._seen.get(link.id)
        if seen is None:
            return Claim.AWAY
        if seen >= (link.max_visits or 0):
            return Claim.REFUSED
        if counts and link.open_without_counter:
            self._remember(link.id, seen + 1)
        return Claim.AWAY

    def _remember(self, link_id: int, used: int) -> None:
        self._seen[link_id] = max(used, self._seen.pop(link_id, used))
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    def _tell(self, told: Told, claim: Claim) -> None:
        self.claims[claim] += 1
        told(claim)
