"""Reading the locations: which of them measure, how late, and what each shows of a probe."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from portal.accounts.domain.actors import Actor
from slo.domain.locations import is_fresh, is_silent
from slo.domain.probing import ProbeState
from slo.models import Location, Probe, ProbeLocation

UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location with the probes that somebody may see there; a silent one measures nothing."""

    location: Location
    is_silent: bool
    running: int
    down: int

    @property
    def state(self) -> str:
        return "silent" if self.is_silent else "active"


@dataclass(frozen=True, slots=True)
class Place:
    """What a location shows of a probe; `unmeasured` where it has not run for longer than it should."""

    name: str
    state: str
    last_run_at: datetime | None
    latency: timedelta | None
    missed: int
    reason: str


def locations(actor: Actor, *, now: datetime) -> list[LocationRow]:
    """All locations by name, with the numbers of those probes that `actor` may see."""
    running = Q(probe__is_paused=False)
    found = (
        ProbeLocation.objects.filter(probe__in=Probe.objects.visible_to(actor))
        .order_by("location")
        .values("location")
        .annotate(running=Count("pk", filter=running), down=Count("pk", filter=running & Q(state=ProbeState.DOWN)))
    )
    numbers: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    numbers |= {row["location"]: (row["running"], row["down"]) for row in found}
    return [LocationRow(one, is_silent(one.seen_at, now), *numbers[one.name]) for one in Location.objects.all()]


def places_of(probe: Probe, *, now: datetime) -> list[Place]:
    """What each location of a probe shows now, by name."""
    return [_place(probe, one, now) for one in probe.at_locations.all()]


def _place(probe: Probe, one: ProbeLocation, now: datetime) -> Place:
    fresh = is_fresh(one.last_run_at, interval=probe.interval, timeout=probe.timeout, now=now)
    state = "paused" if probe.is_paused else one.state if fresh else UNMEASURED
    reason = f"{one.last_phase}: {one.last_reason}" if one.last_reason else ""
    return Place(one.location, state, one.last_run_at, one.last_latency, one.missed_count, reason)
