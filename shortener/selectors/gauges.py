"""The business numbers of the shortener, for /metrics."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Sum
from django.db.models.functions import Now

from shortener.models import AbuseReport, DrainDay, ImportedVisits, Link, LinkTotal, Segment, WebhookDelivery

LATE = timedelta(minutes=1)
Sample = tuple[dict[str, str], float]


def links_by_state() -> Iterable[Sample]:
    """Links by their stored state."""
    for state, number in Link.objects.values_list("state").annotate(number=Count("pk")):
        yield {"state": state}, float(number)


def clicks_expected() -> Iterable[Sample]:
    """Clicks that were drained and imported; equal to `clicks_stored` as long as nothing is lost or doubled."""
    drained = DrainDay.objects.aggregate(number=Sum("clicks", default=0))["number"]
    imported = ImportedVisits.objects.aggregate(number=Sum(F("people") + F("bots"), default=0))["number"]
    yield {}, float(drained + imported)


def clicks_stored() -> Iterable[Sample]:
    """Clicks that the totals of all links add up to."""
    found = LinkTotal.objects.aggregate(people=Sum("people", default=0), bots=Sum("bots", default=0))
    yield {}, float(found["people"] + found["bots"])


def segments_waiting() -> Iterable[Sample]:
    """Runs of click records that wait for the drain."""
    yield {}, float(Segment.objects.count())


def drain_lag() -> Iterable[Sample]:
    """How long the oldest run of click records has been waiting for the drain, in seconds by the database's clock."""
    found = Segment.objects.aggregate(lag=Now() - Min("received_at"))["lag"]
    yield {}, max(found.total_seconds(), 0.0) if found else 0.0


def backlog(now: datetime) -> str | None:
    """Why the numbers of links are behind: click records wait for more than a minute. None when all is well."""
    oldest = Segment.objects.aggregate(oldest=Min("received_at"))["oldest"]
    if oldest is None or now - oldest <= LATE:
        return None
    return f"Clicks have been waiting to be counted for {(now - oldest).total_seconds():.0f} s."


def deliveries_waiting() -> Iterable[Sample]:
    """Events of links that wait for their webhook, retries included."""
    yield {}, float(WebhookDelivery.objects.filter(due_at__isnull=False).count())


def reports_open() -> Iterable[Sample]:
    """Reports of abuse that wait for a moderator."""
    yield {}, float(AbuseReport.objects.filter(state=AbuseReport.State.OPEN).count())
