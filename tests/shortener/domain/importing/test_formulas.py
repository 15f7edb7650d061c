import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain.importing import formulas


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "'=x"])
def test_a_cell_that_a_spreadsheet_would_run_begins_with_a_quote(cell: str) -> None:
    assert formulas.escaped(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "https://example.org/", "it's", "'quoted'"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert formulas.escaped(cell) == formulas.restored(cell) == cell


@given(st.text(alphabet="'=+-@ax\t\r"))
def test_every_cell_comes_back(cell: str) -> None:
    assert formulas.restored(formulas.escaped(cell)) == cell
