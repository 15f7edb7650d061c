"""What every kind of probe offers, and the frame in which each runs once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import perf_counter
from typing import Any, Protocol

from oncall.domain import redaction
from portal.lib import safe_sockets
from portal.lib.safe_sockets import FetchError
from portal.lib.sealing import BrokenSeal
from portal.lib.stopwatches import Stopwatch
from slo.clients import credentials
from slo.clients.syntax import SYNTAX
from slo.domain import options
from slo.domain.option_values import Option
from slo.domain.probing import Outcome, Phase, ProbeSpec

HELD_UP = 1.0
PHASES = {"dns": Phase.RESOLVE, "response": Phase.WAIT}
TOO_LATE = {
    "": "It did not begin",
    "resolve": "The name was not resolved",
    "connect": "No connection",
    "tls": "No TLS handshake",
    "send": "The request was not taken",
    "wait": "No answer",
    "body": "The answer did not end",
}


class Kind(Protocol):
    """One way to ask a target whether it works.

    `methods` are those that a probe may choose from, the usual one first. `expects` names which of method,
    expected_status and keyword it heeds; `secrets` which credentials it can use; `options` what it knows beside these.
    """

    key: str
    label: str
    summary: str = ""
    target_label: str = "Target"
    target_hint: str = ""
    methods: tuple[str, ...] = ("GET",)
    expects: frozenset[str] = frozenset()
    secrets: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()

    def check_target(self, url: str) -> None:
        """Raises ValueError with a sentence when `url` is nothing that this kind can probe."""

    def check_options(self, options: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with options beyond their shapes, by path; what has no right shape is left out of them."""
        return {}

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Runs once; every failure of the target is an Outcome, never an exception."""


@dataclass(slots=True)
class Failure(Exception):
    """A run that failed in the phase given, or in the phase it was in; `sample` is what had come by then."""

    reason: str
    phase: str = ""
    sample: bytes = b""
    status: int | None = None
    latency: timedelta | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Talk:
    """One run under way: its probe, its watch, and the secrets that must be seen nowhere.

    A run of several steps says `where` it is, keeps the times of the `steps` that ended, and has a watch for each.
    """

    spec: ProbeSpec
    watch: Stopwatch
    secrets: dict[str, str]
    hidden: list[str]
    started: float = field(default_factory=perf_counter)
    where: str = ""
    steps: list[tuple[str, float]] = field(default_factory=list)

    def option(self, kind: Kind, key: str) -> Any:
        """The value of an option of the probe, or its default."""
        return options.value_of(kind.options, self.spec.options, key)


def cleaned_options(kind: Kind, raw: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """What is stored of the options of a probe, and what is wrong with them, by path."""
    clean, errors = options.cleaned(kind.options, raw, SYNTAX)
    return clean, kind.check_options(clean) | errors


async def attempt(spec: ProbeSpec, run: Callable[[Talk], Awaitable[Outcome]]) -> Outcome:
    """Runs once within the timeout, and makes an outcome of whatever went wrong, with phase, timings and sample."""
    try:
        secrets = credentials.opened(spec.credentials)
    except BrokenSeal as error:
        return Outcome(False, timedelta(0), Phase.SEND, str(error), measured=False)
    talk = Talk(spec, Stopwatch(), secrets, credentials.hidden(secrets))
    try:
        async with asyncio.timeout(spec.timeout.total_seconds()):
            outcome = await run(talk)
    except TimeoutError:
        outcome = _late(talk)
    except FetchError as error:
        outcome = _late(talk) if isinstance(error.__cause__, TimeoutError) else _refused(error, talk)
    except Failure as failure:
        outcome = _failed(failure, talk)
    except OSError as error:
        outcome = _broken(error, talk)
    reason = redaction.redacted(f"{talk.where}{outcome.reason}", talk.hidden) if outcome.reason else ""
    return replace(outcome, reason=reason, timings=tuple(talk.steps) or talk.watch.milliseconds())


def _late(talk: Talk) -> Outcome:
    """A run that took too long, unless this process noticed far too late: then it was held up itself."""
    spec, phase = talk.spec, talk.watch.phase
    seconds = spec.timeout.total_seconds()
    if perf_counter() - talk.started > seconds + HELD_UP:
        return Outcome(False, spec.timeout, Phase(phase or "wait"), "The portal itself was held up.", measured=False)
    return Outcome(False, spec.timeout, Phase(phase or "wait"), f"{TOO_LATE[phase]} within {seconds:g} s.")


def _broken(error: OSError, talk: Talk) -> Outcome:
    reason = f"It broke off: {error.strerror or type(error).__name__}."
    own = safe_sockets.is_own(error)
    return Outcome(False, timedelta(0), Phase(talk.watch.phase or "wait"), reason, measured=not own)


def _refused(error: FetchError, talk: Talk) -> Outcome:
    phase = PHASES.get(error.phase) or Phase(error.phase)
    if error.phase == "response" and talk.watch.phase in {"send", "wait", "body"}:
        phase = Phase(talk.watch.phase)
    return Outcome(False, timedelta(0), phase, error.reason, measured=not error.own)


def _failed(failure: Failure, talk: Talk) -> Outcome:
    shown = ""
    if failure.sample or failure.headers:
        shown = redaction.sample(failure.sample, talk.hidden, status=failure.status, headers=failure.headers)
    phase = failure.phase or talk.watch.phase or Phase.WAIT
    latency = failure.latency or timedelta(0)
    return Outcome(False, latency, phase, failure.reason, status=failure.status, sample=shown)
