"""The terms of a rule, and every way in which they can be wrong."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from oncall.domain import compensation

GOOD: dict[str, Any] = {
    "currency": "CHF",
    "rate": "40.50",
    "roles": ["secondary", "primary"],
    "time_zone": "Europe/Zurich",
    "country": "CH",
    "subdivision": "ZH",
    "working": [{"weekdays": ["mon", "fri"], "from": "09:00", "to": "17:00"}],
    "round_minutes": 15,
    "lines": [
        {"kind": "percentage", "percent": "15", "of": ["weekend", "night"]},
        {"kind": "flat", "per": "day", "amount": 50},
        {"kind": "days_off", "per_hours": "40"},
    ],
}


def test_all_that_can_be_said_is_read() -> None:
    terms = compensation.read(GOOD)
    assert compensation.problems(GOOD) == {}
    assert (terms.currency, terms.rate, terms.roles) == ("CHF", Decimal("40.50"), ("primary", "secondary"))
    assert (terms.country, terms.subdivision, terms.round_minutes) == ("CH", "ZH", 15)
    assert terms.working[0].weekdays == {0, 4}
    assert [term.words for term in terms.terms] == [
        "15 % of hours on call, weekends and nights only",
        "50 per day",
        "a day off per 40 hours on call",
    ]


def test_the_least_is_one_line() -> None:
    terms = compensation.read({"lines": [{"kind": "flat", "per": "hour", "amount": "1"}]})
    assert (terms.currency, terms.rate, terms.zone, terms.working) == ("EUR", None, None, ())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": None}, "lines"),
        ({"lines": "all"}, "lines"),
        ({"lines": [{}]}, "lines.0.kind"),
        ({"lines": [{"kind": "percentage"}]}, "lines.0.percent"),
        ({"lines": [{"kind": "percentage", "percent": "NaN"}]}, "lines.0.percent"),
        ({"lines": [{"kind": "percentage", "percent": "1e9"}]}, "lines.0.percent"),
        ({"lines": [{"kind": "percentage", "percent": "1e-9"}]}, "lines.0.percent"),
        ({"lines": [{"kind": "percentage", "percent": "15", "of": ["noon"]}]}, "lines.0.of"),
        ({"lines": [{"kind": "flat", "amount": "15"}]}, "lines.0.per"),
        ({"lines": [{"kind": "flat", "per": "day", "amount": "-3"}]}, "lines.0.amount"),
        ({"lines": [{"kind": "flat", "per": "week", "amount": "9", "of": ["night"]}]}, "lines.0.of"),
        ({"lines": [{"kind": "days_off", "per_hours": True}]}, "lines.0.per_hours"),
        ({"rate": "ten"}, "rate"),
        ({"rate": 10**400}, "rate"),
        ({"roles": []}, "roles"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"country": "at"}, "country"),
        ({"currency": "euro"}, "currency"),
        ({"currency": "\0"}, "currency"),
        ({"round_minutes": 7}, "round_minutes"),
        ({"working": [{"from": "09:00"}]}, "working.0.to"),
        ({"working": [{"from": "09:00", "to": "09:00"}]}, "working.0.to"),
        ({"bonus": 1}, "bonus"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], field: str) -> None:
    assert list(compensation.problems(GOOD | change)) == [field]


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert set(compensation.problems({"rate": "x", "currency": "x"})) == {"rate", "currency", "lines"}


@pytest.mark.parametrize("raw", [None, [], "x", 3], ids=str)
def test_what_is_no_object_is_refused(raw: Any) -> None:
    assert compensation.problems(raw)
    assert compensation.read(raw).terms == ()


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("15.00"), "15"), (Decimal("1E+3"), "1000"), (Fraction(1, 8), "0.125")]
)
def test_numbers_are_shown_plainly(value: Decimal | Fraction, text: str) -> None:
    assert compensation.plain(value) == text
