"""What a probe expects, how an answer is judged, and how single results become a visible state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

LOWEST_STATUS = 100
HIGHEST_STATUS = 599


class Phase(StrEnum):
    """Where a probe failed, in the order a run goes through them; `url` is a target that may not be asked at all."""

    URL = "url"
    RESOLVE = "resolve"
    CONNECT = "connect"
    TLS = "tls"
    SEND = "send"
    WAIT = "wait"
    BODY = "body"
    ASSERTION = "assertion"


class ProbeState(StrEnum):
    """What a probe shows: nothing is known yet, or up, or down."""

    PENDING = "pending"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class ProbeSpec:
    """Everything a probe kind needs to run once, apart from the database.

    `options` are the kind's own (see its `check_options`); `credentials` is sealed text that only a kind opens;
    `ip_family` is any, 4 or 6; `retries` are immediate repeats before a failure counts.
    """

    probe_id: int
    kind: str
    url: str
    method: str = "GET"
    timeout: timedelta = timedelta(seconds=10)
    expected_status: str = "200-299"
    keyword: str = ""
    latency_limit: timedelta | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    credentials: str = field(default="", repr=False)
    ip_family: str = "any"
    retries: int = 0

    @property
    def longest(self) -> timedelta:
        """How long a run takes at most, all repeats included."""
        return self.timeout * (self.retries + 1)


Timings = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run: good or not, how long it took, and why it failed, in words, with the phase.

    `measured` is false where the run says nothing about the target, because the trouble is the prober's own (no file
    descriptors, no network, not permitted, stopped): whoever stores it counts it neither as good nor as bad, and
    leaves the probe's state as it was. `timings` are the phases reached (or steps) with milliseconds, in order;
    `sample` is the redacted beginning of a failed answer.
    """

    ok: bool
    latency: timedelta
    phase: str = ""
    reason: str = ""
    status: int | None = None
    measured: bool = True
    timings: Timings = ()
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a target."""

    status: int
    body: bytes = field(repr=False)
    latency: timedelta = timedelta(0)


def status_ranges(text: str) -> list[tuple[int, int]]:
    """`200-299, 301` as [(200, 299), (301, 301)]; ValueError names the part that is no status or range."""
    ranges = []
    for part in (piece.strip() for piece in text.split(",")):
        low, dash, high = part.partition("-")
        high = high if dash else low
        if not all(number.isascii() and number.isdecimal() for number in (low, high)):
            raise ValueError(f"'{part}' is neither a status such as 200 nor a range such as 200-299.")
        first, last = int(low), int(high)
        if not LOWEST_STATUS <= first <= last <= HIGHEST_STATUS:
            raise ValueError(f"'{part}' is not within {LOWEST_STATUS} to {HIGHEST_STATUS}.")
        ranges.append((first, last))
    return ranges


def judged(answer: Answer, spec: ProbeSpec) -> Outcome:
    """Whether an answer is what the probe expects; the first broken expectation is the reason."""
    reason = _broken_expectation(answer, spec)
    phase = Phase.ASSERTION if reason else ""
    return Outcome(ok=not reason, latency=answer.latency, phase=phase, reason=reason, status=answer.status)


def _broken_expectation(answer: Answer, spec: ProbeSpec) -> str:
    if not any(low <= answer.status <= high for low, high in status_ranges(spec.expected_status)):
        return f"The status was {answer.status}, expected was {spec.expected_status}."
    if spec.keyword and spec.keyword.encode() not in answer.body:
        return f"The answer does not contain '{spec.keyword}'."
    return too_slow(answer.latency, spec)


def too_slow(latency: timedelta, spec: ProbeSpec) -> str:
    """Why an answer came too late for its probe, in a sentence; empty when it did not."""
    limit = spec.latency_limit
    if limit is None or latency <= limit:
        return ""
    return f"The answer took {_milliseconds(latency)} ms, the limit is {_milliseconds(limit)} ms."


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Visible:
    """The state that people see and how many results in a row (the latest included) were like the latest."""

    state: ProbeState
    streak: int = 0
    last_ok: bool | None = None


def next_visible(seen: Visible, results: Sequence[bool], *, up_threshold: int, down_threshold: int) -> Visible:
    """The state after `results`, oldest first: it flips only after so many results in a row against it."""
    for ok in results:
        streak = seen.streak + 1 if ok is seen.last_ok else 1
        state = seen.state
        if ok and streak >= up_threshold:
            state = ProbeState.UP
        if not ok and streak >= down_threshold:
            state = ProbeState.DOWN
        seen = Visible(state, streak, ok)
    return seen
