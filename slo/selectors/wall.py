"""The state of every service on one screen, for a wall that people look at from afar."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.charts import Gauge
from slo.domain.windows import EPOCH
from slo.models import Probe, SloStatus
from slo.selectors import objectives, probes

LOW = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Tile:
    """One service: how it stands, in a word and a number, and why."""

    service: Service
    statuses: list[SloStatus] = field(default_factory=list)
    down: list[Probe] = field(default_factory=list)

    @property
    def left(self) -> Decimal | None:
        """The smallest share of a budget that is left; None where no SLO has data."""
        known = [status.remaining_ratio for status in self.statuses if status.remaining_ratio is not None]
        return min(known, default=None)

    @property
    def worst(self) -> SloStatus | None:
        """The SLO of that budget."""
        known = [status for status in self.statuses if status.remaining_ratio is not None]
        return min(known, key=lambda status: status.remaining_ratio or 0, default=None)

    @property
    def gauge(self) -> Gauge:
        return Gauge(title="Error budget left", ratio=self.left)

    @property
    def firing(self) -> int:
        return sum(len(status.firing) for status in self.statuses)

    @property
    def state(self) -> str:
        """burning, down, spent, low, healthy or unknown: the first that is true."""
        if self.firing:
            return "burning"
        if self.down:
            return "down"
        if self.left is None:
            return "unknown"
        return "spent" if self.left <= 0 else "low" if self.left <= LOW else "healthy"


ORDER = ("burning", "down", "spent", "low", "unknown", "healthy")


def tiles(actor: Actor, *, team: str = "") -> list[Tile]:
    """The services that `actor` may see and that are measured, the worst first, or those of a team by its slug."""
    found = {service.pk: Tile(service) for service in catalog.services(actor) if not team or service.team.slug == team}
    measured = set()
    for status in objectives.statuses(actor):
        if status.slo.service_id in found:
            found[status.slo.service_id].statuses.append(status)
            measured.add(status.slo.service_id)
    for probe in probes.probes(actor).filter(is_paused=False):
        measured.add(probe.service_id)
        if probe.state == "down" and probe.service_id in found:
            found[probe.service_id].down.append(probe)
    return sorted((tile for key, tile in found.items() if key in measured), key=_rank)


def _rank(tile: Tile) -> tuple[int, int, Decimal, str]:
    left = Decimal(1) if tile.left is None else tile.left
    return ORDER.index(tile.state), tile.service.tier, left, tile.service.name


def counts(found: Iterable[Tile]) -> dict[str, int]:
    """How many tiles are in each state, in the order of badness."""
    numbers: dict[str, int] = defaultdict(int)
    for tile in found:
        numbers[tile.state] += 1
    return {state: numbers[state] for state in ORDER if numbers[state]}


def oldest_window(found: Iterable[Tile]) -> datetime | None:
    """The end of the window that is the furthest behind: what the wall shows is true at least up to there.

    An SLO that was never refreshed says nothing.
    """
    ends = (status.window_end for tile in found for status in tile.statuses)
    return min((end for end in ends if end > EPOCH), default=None)
