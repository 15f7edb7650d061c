import io

import pytest

from portal.srelink import display


def test_columns_stand_under_their_heads_and_numbers_at_the_right() -> None:
    assert display.table(("a", "n"), [("x", "1,000"), ("yy", "2")]).splitlines() == [
        "A       N",
        "x   1,000",
        "yy      2",
    ]


def test_the_widest_column_is_cut_so_that_a_row_fits() -> None:
    text = display.table(("link", "target"), [("x", "y" * 500)], width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("value", "shown"), [("a\x1b[31m\nb", "a [31m b"), (None, ""), (["a", "b"], "a, b"), (True, "yes"), (7, "7")]
)
def test_values_are_one_printable_line(value: object, shown: str) -> None:
    assert display.plain(value) == shown


def test_facts_leave_out_what_is_empty() -> None:
    assert display.facts([("a", 1), ("empty", ""), ("longer", "x")]) == "a       1\nlonger  x"


def test_progress_is_for_terminals_only() -> None:
    stream = io.StringIO()
    progress = display.Progress(stream)
    progress.show("1 of 2")
    progress.end()
    assert stream.getvalue() == ""
