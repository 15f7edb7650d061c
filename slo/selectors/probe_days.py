"""The latency of a probe by day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from slo.domain.capacity.days import DayNumbers, numbers_of
from slo.models import ProbeResult

MICROSECOND = timedelta(microseconds=1)


def latencies(probe_id: str, days: Sequence[date]) -> list[DayNumbers]:
    """Milliseconds of the good runs of each UTC day; a day without any is left out."""
    found = [(day, _of_day(probe_id, day)) for day in days]
    return [numbers_of(day, values) for day, values in found if values]


def _of_day(probe_id: str, day: date) -> list[Decimal]:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    rows = ProbeResult.objects.filter(probe__public_id=probe_id, slot_at__gte=start, slot_at__lt=start + timedelta(1))
    return [Decimal(span // MICROSECOND) / 1000 for span in rows.filter(ok=True).values_list("latency", flat=True)]
