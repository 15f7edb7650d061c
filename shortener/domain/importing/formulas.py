"""Cells of CSV that a spreadsheet must not run: a quote is put before them, and taken away when we read them again."""

import re

RISKY = re.compile(r"'*[=+\-@\t\r]")
ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escaped(cell: str) -> str:
    """The cell with a quote before it where a spreadsheet would take it for a formula; `restored` undoes it."""
    return f"'{cell}" if RISKY.match(cell) else cell


def restored(cell: str) -> str:
    """The cell that `escaped` was given."""
    return cell[1:] if ESCAPED.match(cell) else cell
