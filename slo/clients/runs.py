"""One run of a probe with its repeats."""

from slo.clients.kinds import KINDS
from slo.domain.probing import Outcome, ProbeSpec


async def run(spec: ProbeSpec) -> Outcome:
    """The outcome of a probe: a failure is repeated at once, `retries` times at most, and the last outcome counts."""
    kind = KINDS[spec.kind]
    outcome = await kind.run(spec)
    for _ in range(spec.retries):
        if outcome.ok or not outcome.measured:
            break
        outcome = await kind.run(spec)
    return outcome
