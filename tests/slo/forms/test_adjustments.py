"""The span of corrections and maintenance windows as people fill it in."""

from typing import Any

import pytest

from slo.forms.adjustments import SpanForm

GIVEN = {"starts_at": "2030-03-03T02:00", "ends_at": "2030-03-03T03:00"}


def filled(**changes: str) -> SpanForm:
    return SpanForm(GIVEN | changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, ""),
        ({"repeats": "FREQ=DAILY"}, "FREQ=DAILY"),
        ({"repeats": "rule", "rrule": "FREQ=YEARLY"}, "FREQ=YEARLY"),
        ({"repeats": "", "rrule": "FREQ=YEARLY"}, ""),
    ],
    ids=["once", "daily", "own rule", "rule that is not asked for"],
)
def test_the_repetition_becomes_a_rule(changes: dict[str, Any], rule: str) -> None:
    form = filled(**changes)
    assert form.is_valid()
    assert form.span()["rrule"] == rule


def test_a_rule_that_is_asked_for_is_given() -> None:
    assert filled(repeats="rule").errors == {"rrule": ["Write the rule, or choose another repetition."]}


def test_without_a_zone_it_is_the_readers() -> None:
    form = filled()
    assert form.is_valid()
    assert form.span()["zone"] == "UTC"
