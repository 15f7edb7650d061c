"""What senders posted, for the pages of integrations."""

from collections.abc import Iterable

from django.db.models import Count

from oncall.models import IncomingEvent, Integration

Status = IncomingEvent.Status


def latest(integration: Integration, limit: int) -> list[IncomingEvent]:
    """The last posts of an integration, the newest first."""
    return list(IncomingEvent.objects.filter(integration=integration).order_by("-pk")[:limit])


def waiting_count(integration: Integration) -> int:
    """How many posts have not been acted on yet."""
    return IncomingEvent.objects.filter(integration=integration, status=Status.PENDING).count()


def failed_counts(integrations: Iterable[Integration]) -> dict[int, int]:
    """How many posts failed that are still kept, by integration; those without are left out."""
    failed = IncomingEvent.objects.filter(status=Status.FAILED, integration__in=[one.pk for one in integrations])
    counted = failed.values("integration_id").annotate(count=Count("pk"))
    return {int(row["integration_id"]): int(row["count"]) for row in counted}


def last_sample(integration: Integration) -> str:
    """What was posted last, redacted; empty without any."""
    last = IncomingEvent.objects.filter(integration=integration).order_by("-pk").values_list("sample", flat=True)
    return last[:1].first() or ""


def waiting_samples() -> Iterable[tuple[dict[str, str], float]]:
    """How many posts of senders wait, for the metrics."""
    yield {}, float(IncomingEvent.objects.filter(status=Status.PENDING).count())
