"""A run with its repeats."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from slo.clients import kinds, runs
from slo.clients.kinds.base import Kind
from slo.domain.probing import Outcome, ProbeSpec

GOOD = Outcome(True, timedelta(milliseconds=5))
BAD = Outcome(False, timedelta(0), "connect", "Nobody listens.")
OWN = Outcome(False, timedelta(0), "connect", "Too many open files.", measured=False)


class ScriptedKind(Kind):
    """Answers what it was told, one after the other."""

    key = "scripted"
    label = "Scripted"

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def check_target(self, url: str) -> None:
        """Accepts everything."""

    async def run(self, spec: ProbeSpec) -> Outcome:
        return self.outcomes.pop(0)


@pytest.fixture
def scripted() -> Iterator[ScriptedKind]:
    kinds.KINDS["scripted"] = kind = ScriptedKind()
    yield kind
    del kinds.KINDS["scripted"]


@pytest.mark.parametrize(
    ("outcomes", "retries", "last"),
    [
        ([GOOD], 2, GOOD),
        ([BAD, GOOD], 2, GOOD),
        ([BAD, BAD, BAD], 2, BAD),
        ([BAD], 0, BAD),
        ([BAD, OWN], 2, OWN),
    ],
    ids=["good", "repeated", "exhausted", "unrepeated", "own-trouble"],
)
def test_a_failure_is_repeated_before_it_counts(
    scripted: ScriptedKind, outcomes: list[Outcome], retries: int, last: Outcome
) -> None:
    scripted.outcomes = list(outcomes)
    assert asyncio.run(runs.run(ProbeSpec(1, "scripted", "x", retries=retries))) == last
    assert scripted.outcomes == []
