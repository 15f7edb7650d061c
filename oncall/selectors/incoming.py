"""What senders posted, for the pages of integrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Min, Q, QuerySet

from oncall.models import IncomingEvent, Integration

Status = IncomingEvent.Status
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """The posts of an hour: how many came and failed, how long the slowest waited, since when the oldest one waits."""

    count: int
    failed: int
    slowest: timedelta | None
    waiting_since: datetime | None


def latest(integration: Integration, limit: int, *, failed: bool = False) -> list[IncomingEvent]:
    """The last posts of an integration, or of those that failed, the newest first."""
    found = posts(integration).filter(status=Status.FAILED) if failed else posts(integration)
    return list(found.order_by("-pk")[:limit])


def pace(integration: Integration, now: datetime) -> Pace:
    """How it went in the last hour."""
    taken = ExpressionWrapper(F("done_at") - F("received_at"), output_field=DurationField())
    found = posts(integration).filter(received_at__gt=now - HOUR)
    told = found.aggregate(
        count=Count("pk"),
        failed=Count("pk", filter=Q(status=Status.FAILED)),
        slowest=Max(taken, filter=Q(status=Status.DONE)),
    )
    waiting = posts(integration).filter(status=Status.PENDING).aggregate(waiting_since=Min("received_at"))
    return Pace(**told, **waiting)


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
