"""The assessment of one SLO."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from slo.domain.budgets import Counts
from slo.domain.objectives import PERIOD
from slo.domain.rules import WINDOWS, Measured
from slo.domain.statuses import Assessment, Definition, SloState, assess, state_of

DEFINITION = Definition(objective=Decimal("0.999"))


def windows(bad: int, *, period_bad: int | None = None, total: int = 100_000) -> dict[timedelta, Measured]:
    found = {length: Measured(Counts(total - bad, total), Fraction(1)) for length in WINDOWS}
    spent = bad if period_bad is None else period_bad
    return found | {PERIOD: Measured(Counts(total - spent, total), Fraction(1))}


def assessed(bad: int, **kwargs: int) -> Assessment:
    return assess(DEFINITION, windows(bad, **kwargs))


@pytest.mark.parametrize(
    ("remaining", "firing", "state"),
    [
        (None, False, SloState.NO_DATA),
        (None, True, SloState.NO_DATA),
        (Fraction(1), False, SloState.HEALTHY),
        (Fraction(11, 100), False, SloState.HEALTHY),
        (Fraction(1, 10), False, SloState.DEGRADING),
        (Fraction(1), True, SloState.DEGRADING),
        (Fraction(0), False, SloState.DEGRADING),
        (Fraction(-1, 10**9), False, SloState.VIOLATED),
    ],
)
def test_the_state_in_one_word(remaining: Fraction | None, firing: bool, state: SloState) -> None:
    assert state_of(remaining, any_firing=firing) is state


def test_a_quiet_slo_fires_nothing() -> None:
    found = assessed(50)
    assert (found.state, found.firing) == (SloState.HEALTHY, [])
    assert found.remaining_ratio == Fraction(1, 2)


def test_a_fast_burn_fires_all_rules_in_their_order() -> None:
    assert assessed(5_000, period_bad=0).firing == ["page-1h", "page-6h", "ticket-3d"]


def test_a_slow_burn_is_a_ticket() -> None:
    assert assessed(150, period_bad=60).firing == ["ticket-3d"]


def test_only_the_chosen_rules_are_judged() -> None:
    chosen = Definition(objective=Decimal("0.999"), rule_keys=("ticket-3d",))
    assert list(assess(chosen, windows(5_000)).judgements) == ["ticket-3d"]


def test_burns_are_given_for_all_windows() -> None:
    assert assessed(100).burns == dict.fromkeys(WINDOWS, Fraction(1))


def test_exhaustion_uses_the_burn_of_the_last_hour() -> None:
    assert assessed(200, period_bad=50).time_to_exhaustion == timedelta(days=7.5)


def test_without_data_nothing_is_claimed() -> None:
    found = assessed(0, total=0)
    assert (found.state, found.ratio, found.remaining_ratio, found.firing) == (SloState.NO_DATA, None, None, [])
    assert set(found.burns.values()) == {None}


def test_a_held_rule_keeps_firing() -> None:
    found = assess(DEFINITION, windows(0, total=0), firing_before=["page-1h"])
    assert found.firing == ["page-1h"]
    assert found.judgements["page-1h"].held_because == "too few events"
