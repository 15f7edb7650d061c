"""The phases of runs as bars: where each begins and how long it is, in per cent of the longest run."""

from collections.abc import Sequence
from dataclasses import dataclass

Timings = Sequence[Sequence[object]]
FULL = 100.0
KNOWN = ("resolve", "connect", "tls", "send", "wait", "body")
STEPS = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """One phase or step of a run; `tone` tells which colour it has."""

    name: str
    milliseconds: float
    start: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One run: its segments one behind the other."""

    segments: tuple[Segment, ...]
    milliseconds: float

    @property
    def text(self) -> str:
        """All figures in words: `resolve 1.2 ms, wait 30.5 ms`."""
        return ", ".join(f"{one.name} {one.milliseconds:g} ms" for one in self.segments)


def bar_of(timings: Timings | None, longest: float = 0.0) -> Bar:
    """The bar of a run, drawn to the scale of a run of `longest` milliseconds (its own length at least)."""
    pairs = [(str(name), _number(spent)) for name, spent in timings or ()]
    total = sum(spent for _, spent in pairs)
    scale = FULL / max(longest, total, 0.001)
    segments, start = [], 0.0
    for position, (name, spent) in enumerate(pairs):
        width = spent * scale
        tone = name if name in KNOWN else f"step{position % STEPS}"
        segments.append(Segment(name, spent, round(start, 3), round(width, 3), tone))
        start += width
    return Bar(tuple(segments), round(total, 2))


def bars_of(runs: Sequence[Timings | None]) -> list[Bar]:
    """The bars of several runs on one scale."""
    longest = max((bar_of(timings).milliseconds for timings in runs), default=0.0)
    return [bar_of(timings, longest) for timings in runs]


def names_of(bars: Sequence[Bar]) -> list[tuple[str, str]]:
    """Each name that appears, with its tone, in the order of appearance."""
    return list(dict.fromkeys((one.name, one.tone) for bar in bars for one in bar.segments))


def _number(value: object) -> float:
    return max(float(value), 0.0) if isinstance(value, int | float) else 0.0
