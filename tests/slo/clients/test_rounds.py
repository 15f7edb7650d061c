"""Many probes at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from slo.clients import kinds
from slo.clients.rounds import Round
from slo.domain.probing import Outcome, ProbeSpec


class BrokenKind:
    """A kind with a mistake in it."""

    key = "broken"
    label = "Broken"
    methods = ("GET",)

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


def test_all_come_back(target: str) -> None:
    with Round() as running:
        running.start(spec(number, f"{target}/") for number in range(40))
        found = running.wait(5)
        assert sorted(done.probe_id for done, outcome in found if outcome.ok) == list(range(40))
        assert not running.is_busy


def test_a_slow_target_keeps_nobody_waiting(target: str) -> None:
    with Round() as running:
        running.start([spec(1, f"{target}/hang"), spec(2, f"{target}/")])
        found = running.wait(0.3)
        assert [done.probe_id for done, _ in found] == [2]
        assert running.is_busy


def test_a_broken_probe_fails_alone(target: str, broken: None) -> None:
    with Round() as running:
        running.start([spec(1, target, kind="broken"), spec(2, f"{target}/")])
        outcomes = {done.probe_id: outcome for done, outcome in running.wait(5)}
    assert (outcomes[1].ok, outcomes[1].reason) == (False, "The probe broke: LookupError.")
    assert not outcomes[1].measured
    assert outcomes[2].ok


def test_nothing_in_flight_is_nothing_to_wait_for() -> None:
    with Round() as running:
        assert running.wait(5) == []
