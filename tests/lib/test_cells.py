import pytest

from portal.lib import cells


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_quoted(text: str) -> None:
    assert cells.safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [("Down", "Down"), (3, "3"), (None, "")])
def test_other_values_stay(value: object, text: str) -> None:
    assert cells.safe_cell(value) == text
