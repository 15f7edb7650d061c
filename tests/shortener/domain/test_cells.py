import pytest

from shortener.domain import cells


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert cells.safe(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [(-5, "-5"), (None, ""), ("a=b", "a=b"), (True, "True")])
def test_everything_else_stays_as_it_is(value: object, text: str) -> None:
    assert cells.safe(value) == text
