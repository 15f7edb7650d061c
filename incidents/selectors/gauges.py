"""Numbers for /metrics and for the navigation. Private incidents are counted here without a name."""

from collections.abc import Iterable

from django.db.models.functions import Now

from incidents.domain import states
from incidents.models import Incident
from portal.accounts.domain.actors import Actor
from portal.lib.metrics.gauges import Sample


def open_samples() -> Iterable[Sample]:
    """Open incidents by severity, without drills, with the zeros."""
    found = list(Incident.objects.open().filter(is_drill=False).values_list("severity", flat=True))
    for severity, _ in states.SEVERITIES:
        yield {"severity": str(severity)}, float(found.count(severity))


def overdue_samples() -> Iterable[Sample]:
    """Updates that are late by the database's clock."""
    yield {}, float(Incident.objects.open().filter(next_update_due_at__lte=Now()).count())


def open_count(actor: object) -> int:
    """How many open incidents `actor` sees: the number in the navigation."""
    return Incident.objects.visible_to(actor).open().count() if isinstance(actor, Actor) else 0
