"""The sources of SLIs other than probes: other apps register theirs in `portal.wiring`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slo.exceptions import UnknownSource

Reader = Callable[[datetime, datetime], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Source:
    """`counts(start, end)` gives the good and the valid events of `[start, end)`, None where nothing was measured.

    It must give the same answer whenever it is asked again, apart from events that came late.
    """

    key: str
    label: str
    counts: Reader


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Adds a source; one with the same key takes the first one's place."""
    _sources[source.key] = source


def unregister(key: str) -> None:
    """Takes a source away; its SLIs are unmeasured from then on."""
    _sources.pop(key, None)


def registered() -> list[Source]:
    """All sources by label."""
    return sorted(_sources.values(), key=lambda source: source.label)


def find_source(key: str) -> Source | None:
    """The source of a key, or nothing."""
    return _sources.get(key)


def get_source(key: str) -> Source:
    """The source of a key; UnknownSource names the ones there are."""
    source = _sources.get(key)
    if source is None:
        known = ", ".join(sorted(_sources)) or "none"
        raise UnknownSource(fields={"source": [f"There is no source '{key}'. There are: {known}."]})
    return source
