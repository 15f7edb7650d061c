"""What senders posted, for the pages of integrations."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from oncall.models import IncomingEvent, Integration

Status = IncomingEvent.Status


def latest(integration: Integration, limit: int) -> list[IncomingEvent]:
    """The last posts of an integration, the newest first."""
    return list(posts(integration).order_by("-pk")[:limit])


def posts(integration: Integration) -> QuerySet[IncomingEvent]:
    """All posts of an integration that are kept."""
    return IncomingEvent.objects.filter(integration=integration)


def waiting_count(integration: Integration | None = None) -> int:
    """How many posts, of one integration or of all, have not been acted on yet."""
    found = IncomingEvent.objects.filter(status=Status.PENDING)
    return (found if integration is None else found.filter(integration=integration)).count()


def failed_counts(integrations: Iterable[Integration]) -> dict[int, int]:
    """How many posts failed that are still kept, by integration; those without are left out."""
    failed = IncomingEvent.objects.filter(status=Status.FAILED, integration__in=[one.pk for one in integrations])
    counted = failed.values("integration_id").annotate(count=Count("pk"))
    return {int(row["integration_id"]): int(row["count"]) for row in counted}


def last_sample(integration: Integration) -> str:
    """What was posted last, redacted; empty without any."""
    last = IncomingEvent.objects.filter(integration=integration).order_by("-pk").values_list("sample", flat=True)
    return last[:1].first() or ""
