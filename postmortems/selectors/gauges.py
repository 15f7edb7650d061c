"""Numbers for /metrics."""

from collections.abc import Iterable

from django.db.models.functions import Now

from portal.lib.metrics.gauges import Sample
from postmortems.models import ActionItem, Postmortem


def item_samples() -> Iterable[Sample]:
    """Open action items, and those of them whose due date is over."""
    found = ActionItem.objects.open()
    overdue = found.filter(due_on__lt=Now()).count()
    yield {"overdue": "no"}, float(found.count() - overdue)
    yield {"overdue": "yes"}, float(overdue)


def draft_samples() -> Iterable[Sample]:
    """Postmortems that are not published, required ones apart."""
    left = Postmortem.objects.filter(published_at=None)
    required = left.filter(is_required=True).count()
    yield {"required": "yes"}, float(required)
    yield {"required": "no"}, float(left.count() - required)
