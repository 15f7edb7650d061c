"""Business numbers for /metrics and readiness."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Now

from slo.domain.windows import EPOCH
from slo.models import Location, Probe, ProbeLocation, SloStatus
from slo.selectors.probes import lag

LATE = timedelta(minutes=5)
Sample = tuple[dict[str, str], float]


def slos_by_state() -> Iterable[Sample]:
    """How many SLOs are in each state."""
    found = SloStatus.objects.filter(slo__archived_at=None).values_list("state").annotate(n=Count("pk"))
    return [({"state": state}, float(number)) for state, number in found.order_by("state")]


def probes_by_state() -> Iterable[Sample]:
    """How many probes are in each state."""
    found = Probe.objects.filter(is_paused=False).values_list("state").annotate(n=Count("pk"))
    return [({"state": state}, float(number)) for state, number in found.order_by("state")]


def probe_lag_samples() -> Iterable[Sample]:
    """How late the most overdue probe of each location is, by the database's clock."""
    late = Max(Now() - F("next_run_at"), filter=Q(next_run_at__lt=Now()))
    found = ProbeLocation.objects.order_by("location").values_list("location").annotate(lag=late)
    return [({"location": name}, lag.total_seconds() if lag else 0.0) for name, lag in found]


def probe_start_lag_samples() -> Iterable[Sample]:
    """How late runs began at each location in its latest minute with runs: the 99th percentile and the longest."""
    for name, p99, most in Location.objects.values_list("name", "lag_p99", "lag_max"):
        for which, late in (("p99", p99), ("max", most)):
            if late is not None:
                yield {"location": name, "which": which}, late.total_seconds()


def location_silence_samples() -> Iterable[Sample]:
    """How long ago each location gave a sign of life, by the database's clock; one that never did is left out."""
    found = Location.objects.exclude(seen_at=None).annotate(age=Now() - F("seen_at")).values_list("name", "age")
    return [({"location": name}, max(0.0, age.total_seconds())) for name, age in found]


def lateness(now: datetime) -> str | None:
    """Why the numbers are not to be trusted now: probes or status rows are minutes late. None when all is well."""
    overdue = lag(now)
    if overdue > LATE:
        return f"A probe is {overdue.total_seconds():.0f} s late."
    found = SloStatus.objects.filter(slo__archived_at=None, window_end__gt=EPOCH).aggregate(oldest=Min("window_end"))
    oldest = found["oldest"]
    if oldest is not None and now - oldest > LATE:
        return f"An SLO was refreshed {(now - oldest).total_seconds():.0f} s ago."
    return None
