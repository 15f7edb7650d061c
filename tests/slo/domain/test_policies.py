"""Error-budget policies."""

from decimal import Decimal

import pytest

from slo.domain.policies import DEFAULT, Demand, Step, Verdict


@pytest.mark.parametrize(
    ("consumed", "demand"),
    [
        ("-0.1", None),
        ("0.4999", None),
        ("0.5", Demand.ANNOUNCE),
        ("0.7499", Demand.ANNOUNCE),
        ("0.75", Demand.SLOW),
        ("1", Demand.FREEZE),
        ("40", Demand.FREEZE),
    ],
)
def test_a_step_holds_from_its_share_on(consumed: str, demand: Demand | None) -> None:
    step = DEFAULT.step_at(Decimal(consumed))
    assert (step.demand if step else None) == demand


def test_the_verdicts_have_an_order() -> None:
    assert sorted([Verdict.DENY, Verdict.ALLOW, Verdict.WARN], key=lambda one: one.rank) == list(Verdict)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(Decimal(1), Demand.FREEZE), "no release"),
        (Step(Decimal(1), Demand.ANNOUNCE, note="in #ops"), "announce each release (in #ops)"),
        (Step(Decimal(1), Demand.SLOW), "release slowly"),
        (Step(Decimal(1), Demand.SLOW, 1), "at most 1 release in 24 hours"),
        (Step(Decimal(1), Demand.SLOW, 3, True), "at most 3 releases in 24 hours and a second person who looks at it"),
    ],
    ids=["freeze", "announce", "slow", "one a day", "both"],
)
def test_a_step_says_what_it_demands(step: Step, words: str) -> None:
    assert step.words == words


def test_a_step_says_where_it_begins() -> None:
    assert Step(Decimal("0.75"), Demand.SLOW).share == "75 %"
