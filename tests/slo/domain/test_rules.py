"""Burn-rate rules as data: their keys, their thresholds, and those that make no sense. Source: field/slo.md."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.burns import consumed_while_firing, short_window
from slo.domain.rules import (
    DEFAULT_KEYS,
    DEFAULT_RULES,
    LONGEST_KEY,
    InvalidRule,
    can_fire,
    custom_rule,
    problem_of,
    rule_of,
    rules_of,
    rules_that_can_fire,
    severity_of,
    unreadable,
)

T = Decimal("0.999")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "thresholds"),
    [
        (7, ["3.36", "1.4", "0.2333"]),
        (28, ["13.44", "5.6", "0.9333"]),
        (30, ["14.4", "6", "1"]),
        (90, ["43.2", "18", "3"]),
    ],
)
def test_thresholds_scale_with_the_period(days: int, thresholds: list[str]) -> None:
    """field/slo.md, Arithmetic: 2 %/1 h, 5 %/6 h, 10 %/3 d."""
    assert [rule_of(key, days * DAY).threshold_text for key in DEFAULT_KEYS] == thresholds


def test_scaled_thresholds_are_exact() -> None:
    assert rule_of("ticket-3d", 7 * DAY).threshold == Fraction(7, 30)


@pytest.mark.parametrize("days", [1, 7, 28, 30, 90, 366])
def test_a_default_rule_spends_its_share_of_any_period(days: int) -> None:
    rules = rules_of(DEFAULT_KEYS, days * DAY)
    spent = [consumed_while_firing(rule.threshold, rule.long, days * DAY) for rule in rules]
    assert spent == [Fraction(2, 100), Fraction(5, 100), Fraction(10, 100)]


def test_the_default_rules_for_30_days() -> None:
    """field/slo.md: page 1h/5m at 14.4; page 6h/30m at 6; ticket 3d/6h at 1."""
    windows = [(rule.long // MINUTE, rule.short // MINUTE, float(rule.threshold)) for rule in DEFAULT_RULES]
    assert windows == [(60, 5, 14.4), (360, 30, 6.0), (4320, 360, 1.0)]


def test_every_short_window_is_a_twelfth_of_its_long_one() -> None:
    assert all(rule.short == short_window(rule.long) for rule in DEFAULT_RULES)


def test_two_rules_page_and_one_is_a_ticket() -> None:
    assert [severity_of(key) for key in DEFAULT_KEYS] == ["critical", "critical", "warning"]


def test_a_custom_key_says_all_of_its_rule() -> None:
    rule = rule_of("warning:4320m/360m@1.5", 7 * DAY)
    assert (rule.long, rule.short, rule.threshold, rule.severity) == (3 * DAY, DAY / 4, Fraction(3, 2), "warning")


@pytest.mark.parametrize("key", ["critical:60m/5m@14.40", "critical:060m/05m@014.4"])
def test_one_rule_has_one_key(key: str) -> None:
    assert rule_of(key).key == "critical:60m/5m@14.4"


@settings(max_examples=80)
@given(
    st.sampled_from(["critical", "warning"]),
    st.integers(1, 527_040),
    st.integers(1, 527_040),
    st.decimals("0.0001", "9999999", places=4),
)
def test_a_key_reads_back_as_the_rule_it_was_made_of(severity: str, one: int, other: int, burn: Decimal) -> None:
    long, short = max(one, other) * MINUTE, min(one, other) * MINUTE
    rule = custom_rule(severity, long=long, short=short, burn=burn)
    assert rule_of(rule.key) == rule
    assert len(rule.key) <= LONGEST_KEY


@pytest.mark.parametrize(
    "key",
    [
        "",
        "page-2h",
        "critical:60m/5m",
        "critical:60m/5m@",
        "critical:60m/5m@-1",
        "critical:60m/5m@NaN",
        "critical:60m/5m@1e3",
        "critical:60m/5m@0.00001",
        "info:60m/5m@1",
        "critical:60m/5m@14.4\x00",
        "critical:\u0666\u0660m/5m@1",
        "critical:60m/5m@1" + "0" * 40,
    ],
)
def test_what_is_no_rule_is_refused(key: str) -> None:
    with pytest.raises(InvalidRule, match="page-1h"):
        rule_of(key)


@pytest.mark.parametrize("key", ["critical:5m/60m@1", "critical:60m/0m@1", "critical:60m/5m@0"])
def test_windows_and_thresholds_that_make_no_sense_are_refused(key: str) -> None:
    assert len(unreadable([key, "page-1h"])) == 1


@pytest.mark.parametrize("burn", ["NaN", "Infinity", "0", "-1", "1.00001"])
def test_a_threshold_is_a_plain_number_above_zero(burn: str) -> None:
    with pytest.raises(InvalidRule, match="threshold"):
        custom_rule("critical", long=60 * MINUTE, short=5 * MINUTE, burn=Decimal(burn))


def test_a_severity_is_one_of_two() -> None:
    with pytest.raises(InvalidRule, match="critical or warning"):
        custom_rule("info", long=60 * MINUTE, short=5 * MINUTE, burn=Decimal(1))


def test_rules_stand_once_each_the_pages_first() -> None:
    keys = ("ticket-3d", "critical:5m/1m@20", "page-6h", "warning:5m/1m@3", "page-6h", "critical:05m/1m@20.0")
    assert [rule.key for rule in rules_of(keys)] == ["critical:5m/1m@20", "page-6h", "warning:5m/1m@3", "ticket-3d"]


@pytest.mark.parametrize(
    ("objective", "keys"),
    [
        ("0.9", ["page-6h", "ticket-3d"]),
        ("0.8", ["ticket-3d"]),
        ("0.95", ["page-1h", "page-6h", "ticket-3d"]),
    ],
)
def test_rules_out_of_reach_are_known(objective: str, keys: list[str]) -> None:
    """field/slo.md: at T = 90 % a threshold of 14.4 can never fire, the largest burn is 1 / (1 - T)."""
    assert [rule.key for rule in rules_that_can_fire(Decimal(objective))] == keys


def test_a_threshold_equal_to_the_largest_burn_can_fire() -> None:
    assert can_fire(rule_of("warning:60m/5m@2"), Decimal("0.5"))
    assert not can_fire(rule_of("warning:60m/5m@2.0001"), Decimal("0.5"))


def test_a_scaled_threshold_may_come_out_of_reach() -> None:
    found = problem_of(rule_of("page-1h", 366 * DAY), Decimal("0.99"), 366 * DAY)
    assert found == "page-1h at 175.68 can never fire: the largest burn at 99 % is 100.00."


def test_a_rule_does_not_look_back_further_than_the_window_of_its_slo() -> None:
    assert "further than the window" in problem_of(rule_of("ticket-3d", DAY), T, DAY)
    assert problem_of(rule_of("ticket-3d", 3 * DAY), T, 3 * DAY) == ""
