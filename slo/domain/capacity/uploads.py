"""Points as a table: one line each, a day (or an instant) and a value, with or without a head."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from slo.domain.capacity.points import BadPoint, Reading, amount, instant

MOST_LINES = 10_000
DELIMITERS = ";\t,"
HEADS = {"day", "date", "time", "at", "timestamp", "datum", "tag"}


@dataclass(frozen=True, slots=True)
class Upload:
    """What a table holds: readings with their line, and what is wrong by line; lines are counted from 1."""

    readings: Sequence[tuple[int, Reading]] = ()
    errors: Sequence[tuple[int, str]] = field(default_factory=tuple)


def read_table(text: str) -> Upload:
    """Reads all lines; a wrong one does not keep the others from being read. Empty lines are passed over."""
    readings: list[tuple[int, Reading]] = []
    errors: list[tuple[int, str]] = []
    for number, cells in _rows(text.lstrip("\ufeff")):
        if number > MOST_LINES:
            errors.append((number, f"At most {MOST_LINES:,} lines are read at once; cut the table in two."))
            break
        try:
            readings.append((number, _reading(cells)))
        except BadPoint as error:
            errors.append((number, str(error)))
    return Upload(readings, errors)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.replace("\x00", "\ufffd").splitlines()
    delimiter = _delimiter(lines)
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=delimiter), [])]
        if not any(cells) or (number == 1 and cells[0].lower() in HEADS):
            continue
        yield number, _with_point(cells) if delimiter == ";" else cells


def _delimiter(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return next((character for character in DELIMITERS if character in first), ",")


def _with_point(cells: Sequence[str]) -> list[str]:
    """Tables that are cut by semicolons come from places where numbers have a comma."""
    return [cells[0], *(cell.replace(",", ".") if cell.count(",") == 1 else cell for cell in cells[1:])]


def _reading(cells: Sequence[str]) -> Reading:
    if len(cells) < 2:
        raise BadPoint("a day and a value are needed, with a comma, a semicolon or a tab between them.")
    if len(cells) > 2 and any(cells[2:]):
        raise BadPoint(f"two columns are needed, there are {len(cells)}.")
    return instant(cells[0]), amount(cells[1])
