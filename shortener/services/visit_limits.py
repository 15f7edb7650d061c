"""Links that are open to a number of people: the portal's own gate, and the care for the counters of all gates.

The counter in Valkey is the truth (`domain/visit_counters.py`); PostgreSQL knows how many people the drain has counted,
which is at most a few seconds behind. So a counter may be lifted to that number at any time and is never lowered: a
flushed Valkey, or visits that passed while it was away, are mended as soon as they are drained. A new link's counter is
made by the clock, or by the first visit, whichever comes first.
"""

import logging

from django.db.models import OuterRef, Subquery

from shortener.clients import visit_counters
from shortener.domain.redirect import Claim, LinkFacts
from shortener.models import Link, LinkState, LinkTotal

BATCH = 1_000

logger = logging.getLogger(__name__)


def claim(link: LinkFacts, *, counts: bool) -> Claim:
    """Asks whether one more visit may pass; `counts` is false for whoever is no person, or only looks."""
    people = LinkTotal.objects.filter(pk=link.id).values_list("people", flat=True).first() or 0
    limit = link.max_visits or 0
    try:
        said, _ = visit_counters.claim(link_id=link.id, known=people, limit=limit, counts=counts)
    except visit_counters.CounterAway:
        return Claim.REFUSED if people >= limit else Claim.AWAY
    return said


def mend_counters_due() -> int:
    """Lifts every counter that is missing or behind what was counted; returns how many. Repeats change nothing."""
    limited = Link.objects.filter(max_visits__isnull=False, state=LinkState.ACTIVE).order_by("pk")
    mended, last = 0, 0
    while ids := list(limited.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        mended += _lift(ids)
        last = ids[-1]
    return mended


def _lift(link_ids: list[int]) -> int:
    counted = LinkTotal.objects.filter(pk=OuterRef("pk")).values("people")
    rows = Link.objects.filter(pk__in=link_ids).values_list("pk", Subquery(counted))
    try:
        return visit_counters.raise_to({link_id: people or 0 for link_id, people in rows})
    except visit_counters.CounterAway:
        logger.warning("Valkey is away: counters of links with a limit are not mended.")
        return 0
