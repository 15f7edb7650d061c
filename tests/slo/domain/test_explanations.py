"""The arithmetic in words."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from slo.domain.budgets import Counts
from slo.domain.explanations import (
    Units,
    explain_budget,
    explain_burn,
    explain_coverage,
    explain_downtime,
    explain_forecast,
    explain_ratio,
    explain_reset,
    explain_rule,
    plain,
)
from slo.domain.rules import rule_of


def test_the_budget_is_explained_step_by_step() -> None:
    assert explain_budget(Counts(99_960, 100_000), Decimal("0.999")) == [
        "The objective of 99.9 % lets 0.1 % of all events be bad.",
        "100,000 events x 0.1 % = 100 bad events are allowed in the window.",
        "100,000 events - 99,960 good = 40 were bad.",
        "40 / 100 = 40 % of the budget is spent.",
        "100 % - 40 % = 60 % is left.",
    ]


def test_without_events_it_says_so() -> None:
    assert explain_budget(Counts(), Decimal("0.999"))[-1].startswith("There were no events")


def test_downtime_in_words() -> None:
    assert explain_downtime(Decimal("0.999")) == "30 days x 0.1 % = 43.2 minutes of full outage."
    assert explain_downtime(Decimal("0.99"), timedelta(days=7)) == "7 days x 1 % = 100.8 minutes of full outage."


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(1, 3), "0.33"), (Fraction(1000), "1,000"), (Fraction(100), "100"), (Fraction(0), "0")]
)
def test_plain_numbers(value: Fraction, text: str) -> None:
    assert plain(value) == text


T = Decimal("0.999")
HOUR = timedelta(hours=1)
MONTH = timedelta(days=30)


def test_ratio_slices_are_told_in_minutes() -> None:
    minutes = Units("minutes", 10**9)
    counts = Counts(99_500 * 10**6, 100 * 10**9)
    assert explain_budget(counts, Decimal("0.99"), minutes)[1:3] == [
        "100 minutes x 1 % = 1 bad minutes are allowed in the window.",
        "100 minutes - 99.5 good = 0.5 were bad.",
    ]


def test_a_ratio_is_explained() -> None:
    assert explain_ratio(Counts(999, 1000)) == ["999 good / 1,000 events = 99.9 %."]
    assert explain_ratio(Counts()) == ["There were no events in the window."]


def test_a_burn_is_explained() -> None:
    lines = explain_burn(Counts(995, 1000), HOUR, T)
    assert lines[:2] == [
        "In the last 1h: 5 bad / 1,000 events = 0.5 %.",
        "0.5 % / 0.1 % allowed = a burn of 5.",
    ]
    assert lines[2].endswith("1 / 0.1 % = 1,000.")
    assert explain_burn(Counts(), HOUR, T) == ["There were no events in the last 1h."]


@pytest.mark.parametrize(
    ("remaining", "burn", "text"),
    [
        (Fraction(1, 2), Fraction(6), "50 % left x 30d / burn 6 over 1h = 60 h."),
        (Fraction(1, 2), Fraction(0), "Nothing was bad in the last 1h, so the budget does not shrink."),
        (Fraction(0), Fraction(6), "Nothing is left."),
        (None, None, "Without events nothing can be foretold."),
    ],
    ids=["burning", "quiet", "spent", "no data"],
)
def test_a_forecast_is_explained(remaining: Fraction | None, burn: Fraction | None, text: str) -> None:
    assert explain_forecast(remaining, burn, HOUR, MONTH) == [text]


def test_coverage_is_explained() -> None:
    assert explain_coverage(Fraction(9, 10))[0].startswith("90 % of the minutes")
    assert explain_coverage(None) == ["Nothing was expected to be measured yet."]


def test_a_rule_is_explained_from_its_share() -> None:
    lines = explain_rule(rule_of("page-1h", MONTH), MONTH)
    assert lines[1] == "2 % of the budget x 30d / 1h = 14.4."
    assert lines[2] == "By the time it fires, 2 % of the budget went in 1h."
    assert len(explain_rule(rule_of("critical:60m/5m@14.4", MONTH), MONTH)) == 2


def test_detection_and_reset_are_explained() -> None:
    assert explain_reset(rule_of("page-1h", MONTH), T) == [
        "Detection: 1h x 14.4 x 0.1 % = 0.86 minutes.",
        "Reset: 5m x (1 - 14.4 x 0.1 %) = 4.93 minutes.",
        (
            "The alert goes on while the burn is 0.9 of the threshold or more: "
            "5m x (1 - 0.9 x 14.4 x 0.1 %) = 4.94 minutes."
        ),
    ]
