"""The form of the calculator."""

from fractions import Fraction

import pytest
from django.http import QueryDict

from slo.forms.calculators import CalculatorForm


def form(query: str) -> CalculatorForm:
    return CalculatorForm(QueryDict(query))


def test_it_begins_with_thirty_days_a_full_outage_and_the_default_rules() -> None:
    asked = form("objective=99.9")
    assert (asked.chosen_window.nominal.days, asked.fault) == (30, Fraction(1))
    assert [rule.threshold_text for rule in asked.rules] == ["14.4", "6", "1"]


def test_thresholds_follow_the_window() -> None:
    assert [rule.threshold_text for rule in form("objective=99.9&window_days=7").rules] == ["3.36", "1.4", "0.2333"]
    assert form("objective=99.9&window=quarter").chosen_window.nominal.days == 91


def test_rules_beside_the_objective_replace_the_default_ones() -> None:
    own = "own-TOTAL_FORMS=1&own-INITIAL_FORMS=0&own-0-long=2h&own-0-short=10m&own-0-burn=3&own-0-severity=warning"
    assert [rule.key for rule in form(f"objective=99.9&rules=page-1h&{own}").rules] == ["page-1h", "warning:120m/10m@3"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("good=3", "total"),
        ("total=3", "good"),
        ("good=5&total=4", "good"),
        ("total=99999999999999999999&good=1", "total"),
        ("window_days=0", "window_days"),
        ("bad_ratio=200", "bad_ratio"),
        ("objective=NaN", "objective"),
    ],
)
def test_wrong_numbers_are_told_at_their_field(query: str, field: str) -> None:
    asked = form(query if "objective" in query else f"objective=99.9&{query}")
    assert field in asked.errors
    assert asked.picked(field, "default") == "default"
