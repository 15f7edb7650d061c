"""The business numbers of the shortener, for /metrics."""

from collections.abc import Iterable

from django.db.models import Count, F, Sum

from shortener.models import DrainDay, ImportedVisits, Link, LinkTotal, Segment

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
