"""The simple values of options."""

import pytest

from slo.domain import option_values as values
from slo.domain.option_values import Option, Report, Shape


def test_a_path_keeps_its_first_problem() -> None:
    report = Report({})
    for problem in ("", "first", "second"):
        report.add("a", problem)
    assert report.errors == {"a": "first"}


def test_a_text_loses_spaces_at_its_ends_and_a_long_one_does_not() -> None:
    report = Report({})
    assert values.text(Option("a", "A", Shape.TEXT), " x ", "a", report) == "x"
    assert values.text(Option("a", "A", Shape.LONG), " x\n", "a", report) == " x\n"
    assert report.errors == {}


@pytest.mark.parametrize(("key", "shown"), [("a\0b", "a?b"), ("x" * 80, "x" * 60), (7, "7")])
def test_unknown_names_are_shown_safely(key: object, shown: str) -> None:
    assert values.quoted(key) == shown
