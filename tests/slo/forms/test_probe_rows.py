"""Rows of assertions and steps."""

from typing import Any

import pytest

from slo.forms.probe_rows import MOST, AssertionForm, Rows, StepForm

GOOD = {"a-1-subject": "header", "a-1-path": "Via", "a-1-comparison": "exists", "a-1-value": "ignored"}


def rows(data: Any, stored: Any = ()) -> Rows:
    return Rows(AssertionForm, "a", data, stored, 2)


def test_stored_rows_come_with_spare_ones() -> None:
    shown = rows(None, [{"subject": "body", "comparison": "contains", "value": "x"}])
    assert (shown.total, shown.forms[0].initial["value"]) == (3, "x")


def test_blank_rows_are_left_out() -> None:
    sent = rows({"a-total": "3", **GOOD})
    assert sent.is_valid()
    assert sent.facts() == [{"subject": "header", "path": "Via", "comparison": "exists"}]


def test_a_problem_is_put_at_the_row_that_was_sent() -> None:
    sent = rows({"a-total": "3", **GOOD})
    sent.is_valid()
    assert sent.place("0.path", ["wrong"])
    assert [list(form.errors) for form in sent.forms] == [[], ["path"], []]
    assert not sent.place("1.path", ["wrong"])
    assert not sent.place("x", ["wrong"])


@pytest.mark.parametrize(("total", "number"), [("3", 3), ("0", 1), ("999", 1), ("x", 1), ("50", MOST), ("\u0663", 1)])
def test_the_number_of_rows_is_bounded(total: str, number: int) -> None:
    assert rows({"a-total": total}).total == number


def test_more_rows_are_given() -> None:
    assert rows({"a-total": "3", "action": "more-a"}).total == 5
    assert not rows({"a-total": str(MOST)}).has_room


def test_a_step_is_made_of_what_was_typed() -> None:
    data = {"s-total": "1", "s-0-url": "/a", "s-0-method": "GET", "s-0-expected_status": "200", "s-0-redirects": "0"}
    sent = Rows(StepForm, "s", data, [], 0)
    assert sent.is_valid()
    assert (sent.facts()[0]["url"], sent.facts()[0]["captures"]) == ("/a", [])


def test_a_problem_of_a_step_without_a_field_stands_above_it() -> None:
    sent = Rows(StepForm, "s", {"s-total": "1", "s-0-name": "x", "s-0-redirects": "0"}, [], 0)
    sent.is_valid()
    sent.place("0.smell", ["wrong"])
    assert sent.forms[0].non_field_errors() == ["wrong"]
