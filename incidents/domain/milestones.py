"""The named instants of an incident and the durations between them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Milestones:
    """When the users were first hit, when it was noticed, and so on; None where nobody knows or it is not reached."""

    impact_start: datetime | None = None
    detected: datetime | None = None
    declared: datetime | None = None
    acknowledged: datetime | None = None
    mitigated: datetime | None = None
    recovered: datetime | None = None
    resolved: datetime | None = None
    closed: datetime | None = None

    def at(self, name: str) -> datetime | None:
        """The instant called `name`."""
        found: datetime | None = getattr(self, name)
        return found


NAMES = tuple(field.name for field in fields(Milestones))
LABELS = {
    "impact_start": "Impact started",
    "detected": "Detected",
    "declared": "Declared",
    "acknowledged": "Acknowledged",
    "mitigated": "Mitigated",
    "recovered": "Recovered",
    "resolved": "Resolved",
    "closed": "Closed",
}
ORDER = (
    ("impact_start", "detected"),
    ("impact_start", "mitigated"),
    ("impact_start", "recovered"),
    ("detected", "acknowledged"),
    ("mitigated", "recovered"),
    ("detected", "resolved"),
    ("recovered", "resolved"),
    ("resolved", "closed"),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A duration between two milestones, with the words that stand beside its number."""

    key: str
    label: str
    start: str
    end: str

    @property
    def definition(self) -> str:
        return f"{LABELS[self.end].lower()} - {LABELS[self.start].lower()}"


MEASURES = (
    Measure("detect", "Time to detect", "impact_start", "detected"),
    Measure("acknowledge", "Time to acknowledge", "detected", "acknowledged"),
    Measure("mitigate", "Time to mitigate", "impact_start", "mitigated"),
    Measure("recover", "Time to recovery", "impact_start", "recovered"),
    Measure("respond", "Time from detection to recovery", "detected", "recovered"),
    Measure("resolve", "Time from detection to resolution", "detected", "resolved"),
)


@dataclass(frozen=True, slots=True)
class Length:
    """How long something took; `is_open` means that it still runs, so that `value` is a lower bound."""

    value: timedelta
    is_open: bool = False


def problems(milestones: Milestones) -> dict[str, str]:
    """Milestone -> what is wrong with it, for each that lies before one it must follow."""
    found: dict[str, str] = {}
    for earlier, later in ORDER:
        first, second = milestones.at(earlier), milestones.at(later)
        if first is not None and second is not None and second < first:
            found.setdefault(later, f"This cannot be before {LABELS[earlier].lower()}.")
    return found


def length(milestones: Milestones, measure: Measure, *, now: datetime | None = None) -> Length | None:
    """The duration of `measure`; None when a milestone is missing or the times are impossible (end before start).

    With `now`, a measure that has begun and not ended is open and counts up to `now`.
    """
    start, end = milestones.at(measure.start), milestones.at(measure.end)
    if start is None or (end is None and now is None):
        return None
    stop = end if end is not None else now
    if stop is None or stop < start:
        return None
    return Length(stop - start, is_open=end is None)


def reached(milestones: Milestones) -> Iterator[tuple[str, datetime]]:
    """(name, instant) of each known milestone in the order of time."""
    known = [(name, at) for name in NAMES if (at := milestones.at(name)) is not None]
    yield from sorted(known, key=lambda pair: (pair[1], NAMES.index(pair[0])))
