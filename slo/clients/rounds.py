"""Running many probes at once, with a cap for all and one for each host."""

import asyncio
import resource
import time
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from portal.lib.rounds import Round, Work
from slo.clients import runs
from slo.domain.probing import Outcome, Phase, ProbeSpec

AT_ONCE = 1000
AT_ONCE_PER_HOST = 20
FILES_TO_SPARE = 100
GRACE = 2.0

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run, and how long it had waited for its turn before."""

    outcome: Outcome
    waited: timedelta


def new_round() -> Round[int, Run]:
    """An empty round that takes as many probes at once as there are file descriptors for."""
    return Round(at_once=max(1, min(AT_ONCE, _files() - FILES_TO_SPARE)), per_host=AT_ONCE_PER_HOST)


def work_of(name: Name, spec: ProbeSpec, *, host: str, patience: timedelta) -> Work[Name, Run]:
    """The run of a probe, which measures nothing when its turn has not come after `patience`."""
    return Work(name, host, partial(_run, spec, time.monotonic(), patience))


async def _run(spec: ProbeSpec, since: float, patience: timedelta) -> Run:
    waited = timedelta(seconds=time.monotonic() - since)
    if waited > patience:
        return Run(Outcome(False, timedelta(0), reason="Its turn did not come in time.", measured=False), waited)
    return Run(await _outcome(spec), waited)


async def _outcome(spec: ProbeSpec) -> Outcome:
    try:
        async with asyncio.timeout(spec.longest.total_seconds() + GRACE):
            return await runs.run(spec)
    except TimeoutError:
        return Outcome(False, spec.longest, Phase.WAIT, f"No end within {spec.longest.total_seconds():g} s.")
    except Exception as error:  # one broken probe must not stop the others
        reason = f"The probe broke: {type(error).__name__}."
        return Outcome(False, timedelta(0), Phase.WAIT, reason, measured=False)


def _files() -> int:
    """The limit of open files, after raising it as far as this process may and needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = AT_ONCE + FILES_TO_SPARE if hard == resource.RLIM_INFINITY else min(hard, AT_ONCE + FILES_TO_SPARE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return wanted if soft == resource.RLIM_INFINITY else soft
