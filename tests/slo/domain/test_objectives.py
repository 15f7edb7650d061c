"""Objectives and the nines table. Source: the SRE Workbook, chapter 2, and the field notes' table of 30 days."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.objectives import (
    InvalidObjective,
    allowed_downtime,
    bad_share,
    checked_objective,
    nines_table,
    objective_from_percent,
    percent_text,
)

OBJECTIVES = st.decimals(min_value="0.5", max_value="0.999999", places=6)


@pytest.mark.parametrize(
    ("objective", "seconds"),
    [
        ("0.99", "25920"),
        ("0.995", "12960"),
        ("0.999", "2592"),
        ("0.9995", "1296"),
        ("0.9999", "259.2"),
        ("0.99999", "25.92"),
    ],
)
def test_downtime_allowed_in_30_days(objective: str, seconds: str) -> None:
    assert allowed_downtime(Decimal(objective)) == timedelta(microseconds=int(Decimal(seconds) * 10**6))


def test_the_nines_table_has_the_usual_objectives_in_order() -> None:
    assert [row.percentage for row in nines_table()] == ["99", "99.5", "99.9", "99.95", "99.99", "99.999"]


def test_downtime_scales_with_the_period() -> None:
    assert allowed_downtime(Decimal("0.999"), timedelta(days=7)) == timedelta(minutes=10, seconds=4.8)


@pytest.mark.parametrize("text", ["99.9", " 99.9", "9.99e1"])
def test_a_percentage_is_an_exact_ratio(text: str) -> None:
    assert objective_from_percent(text) == Decimal("0.999")


@pytest.mark.parametrize("text", ["", "abc", "100", "49.9", "99.99999", "NaN", "Infinity", "-99", "1e9"])
def test_what_cannot_be_an_objective_is_refused(text: str) -> None:
    with pytest.raises(InvalidObjective):
        objective_from_percent(text)


def test_more_than_four_places_of_a_percentage_are_refused() -> None:
    with pytest.raises(InvalidObjective, match="at most 4 decimal places"):
        checked_objective(Decimal("0.9999995").quantize(Decimal("0.0000001")) - Decimal("0.0000006"))


@pytest.mark.parametrize(
    ("ratio", "text"),
    [("0.999", "99.9 %"), ("0.9", "90 %"), ("0.990000", "99 %"), ("0.99999", "99.999 %"), ("1", "100 %")],
)
def test_ratios_are_written_without_needless_zeros(ratio: str, text: str) -> None:
    assert percent_text(Decimal(ratio)) == text


@settings(max_examples=50)
@given(OBJECTIVES)
def test_the_text_of_an_objective_leads_back_to_it(objective: Decimal) -> None:
    assert objective_from_percent(percent_text(objective).removesuffix(" %")) == objective


@settings(max_examples=50)
@given(OBJECTIVES)
def test_good_and_bad_share_are_one(objective: Decimal) -> None:
    assert bad_share(objective) + bad_share(1 - objective) == 1
