"""What happened around an SLO, for the time axis of its graphs and the list under them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Annotation:
    """One happening `[at, until)`; without `until` it is an instant. `kind` is a word such as `release`."""

    at: datetime
    kind: str
    text: str
    url: str = ""
    until: datetime | None = None


def within(found: Iterable[Annotation], start: datetime, end: datetime) -> list[Annotation]:
    """Those that touch `[start, end)`, the latest first."""
    chosen = [one for one in found if one.at < end and (one.until or one.at) >= start]
    return sorted(chosen, key=lambda one: (one.at, one.kind, one.text), reverse=True)


def marks(found: Iterable[Annotation], start: datetime) -> list[tuple[datetime, str]]:
    """The happenings as marks of a time axis that begins at `start`."""
    return [(max(one.at, start), f"{one.kind.capitalize()}: {one.text}") for one in found]
