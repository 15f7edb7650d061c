"""Many probes at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from slo.clients import kinds, rounds
from slo.clients.kinds.base import Kind
from slo.domain.probing import Outcome, ProbeSpec


class BrokenKind(Kind):
    """A kind with a mistake in it."""

    key = "broken"
    label = "Broken"

    def check_target(self, url: str) -> None:
        """Accepts everything."""

    async def run(self, spec: ProbeSpec) -> Outcome:
        raise LookupError


def spec(number: int, url: str, kind: str = "http", **fields: Any) -> ProbeSpec:
    return ProbeSpec(probe_id=number, kind=kind, url=url, **{"timeout": timedelta(seconds=5), **fields})


@pytest.fixture
def broken() -> Iterator[None]:
    kinds.KINDS["broken"] = BrokenKind()
    yield
    del kinds.KINDS["broken"]


def ask(*specs: ProbeSpec, patience: timedelta = timedelta(seconds=60), seconds: float = 5) -> dict[int, Outcome]:
    """The outcomes that came in time."""
    with rounds.new_round() as running:
        running.start(rounds.work_of(spec.probe_id, spec, host=spec.url, patience=patience) for spec in specs)
        return {number: run.outcome for number, run in running.wait(seconds, enough=len(specs))}


def test_all_come_back(target: str) -> None:
    found = ask(*(spec(number, f"{target}/") for number in range(40)))
    assert sorted(number for number, outcome in found.items() if outcome.ok) == list(range(40))


def test_a_slow_target_keeps_nobody_waiting(target: str) -> None:
    assert list(ask(spec(1, f"{target}/hang"), spec(2, f"{target}/"), seconds=0.3)) == [2]


def test_a_broken_probe_fails_alone_and_says_nothing_about_its_target(target: str, broken: None) -> None:
    outcomes = ask(spec(1, target, kind="broken"), spec(2, f"{target}/"))
    assert (outcomes[1].measured, outcomes[1].reason) == (False, "The probe broke: LookupError.")
    assert outcomes[2].ok


def test_whose_turn_comes_too_late_measures_nothing(target: str) -> None:
    found = ask(spec(1, f"{target}/"), patience=-timedelta(seconds=1))[1]
    assert (found.measured, found.reason) == (False, "Its turn did not come in time.")
