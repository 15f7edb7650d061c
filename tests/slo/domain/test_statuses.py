"""The assessment of one SLO."""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from slo.domain.judgements import Measured
from slo.domain.periods import Window
from slo.domain.rules import rule_of
from slo.domain.statuses import Assessment, Definition, SloState, assess, lengths_of, state_of

DEFINITION = Definition(objective=Decimal("0.999"))
WINDOWS = lengths_of(DEFINITION.rules)


def measured(bad: int, total: int = 100_000) -> Measured:
    return Measured(total - bad, total, 1, 1)


def assessed(
    bad: int,
    *,
    period_bad: int | None = None,
    total: int = 100_000,
    definition: Definition = DEFINITION,
    firing_before: Collection[str] = (),
) -> Assessment:
    windows = {length: measured(bad, total) for length in lengths_of(definition.rules)}
    period = measured(bad if period_bad is None else period_bad, total)
    return assess(definition, windows, period=period, firing_before=firing_before)


@pytest.mark.parametrize(
    ("bad", "firing", "state"),
    [
        (None, False, SloState.NO_DATA),
        (None, True, SloState.NO_DATA),
        (0, False, SloState.HEALTHY),
        (89, False, SloState.HEALTHY),
        (90, False, SloState.DEGRADING),
        (0, True, SloState.DEGRADING),
        (100, False, SloState.DEGRADING),
        (101, False, SloState.VIOLATED),
    ],
)
def test_the_state_in_one_word(bad: int | None, firing: bool, state: SloState) -> None:
    """At 99.9 % 100,000 events may have 100 bad ones."""
    counts = Measured() if bad is None else measured(bad)
    assert state_of(counts, DEFINITION.share, firing) is state


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
    assert list(assessed(5_000, definition=chosen).judgements) == ["ticket-3d"]


def test_burns_are_given_for_all_windows() -> None:
    found = assessed(100)
    assert [found.burn(length) for length in WINDOWS] == [Fraction(1)] * 5


def test_the_windows_to_read_are_those_of_the_rules_and_of_the_forecasts() -> None:
    hour = timedelta(hours=1)
    assert [hour / 12, hour / 2, hour, 6 * hour, 72 * hour] == WINDOWS
    assert lengths_of([rule_of("critical:120m/10m@9")]) == [hour / 6, hour, 2 * hour, 6 * hour]


def test_thresholds_are_those_of_the_window() -> None:
    """field/slo.md: 3.36 over seven days, where 14.4 stands over thirty."""
    week = Definition(objective=Decimal("0.999"), rule_keys=("page-1h",), window=Window(7))
    assert assessed(336, definition=week).firing == ["page-1h"]
    assert assessed(335, definition=week).firing == []


def test_custom_rules_are_judged_like_the_others() -> None:
    custom = Definition(objective=Decimal("0.999"), rule_keys=("page-6h", "critical:120m/10m@9"))
    assert assessed(900, definition=custom).firing == ["critical:120m/10m@9", "page-6h"]
    assert assessed(899, definition=custom).firing == ["page-6h"]


def test_without_data_nothing_is_claimed() -> None:
    found = assessed(0, total=0)
    assert (found.state, found.ratio, found.remaining_ratio, found.firing) == (SloState.NO_DATA, None, None, [])
    assert {found.burn(length) for length in WINDOWS} == {None}


def test_a_held_rule_keeps_firing() -> None:
    found = assessed(0, total=0, firing_before=["page-1h"])
    assert found.firing == ["page-1h"]
    assert found.held["page-1h"] == "too few events"
