"""The shortener's SLI: how many requests the edges answered, and how many of them right and in time."""

from datetime import datetime

from django.db.models import Sum

from shortener.models import MinuteOutcome


def redirect_counts(start: datetime, end: datetime) -> tuple[int, int]:
    """(good, total) of the whole minutes that begin in [start, end)."""
    found = MinuteOutcome.objects.filter(minute__gte=start, minute__lt=end).aggregate(
        good=Sum("good", default=0), total=Sum("total", default=0)
    )
    return int(found["good"]), int(found["total"])
