"""CSV of any dialect: the delimiter and whether there is a header are found by looking."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from shortener.domain.importing.records import MAX_RECORDS, Record, Table, bounded

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 20
SAMPLE_CHARS = 200_000


def read(text: str) -> Table:
    """The table of a CSV text. Without a header the columns are called `Column 1`, `Column 2` and so on."""
    delimiter = sniff(text)
    first = next((row for _, row, _ in _rows(text, delimiter) if any(row)), [])
    has_header = not any("://" in cell for cell in first)
    names = first if has_header else [f"Column {place}" for place in range(1, len(first) + 1)]
    columns = _unique(bounded(tuple(names)))

    def records() -> Iterator[Record]:
        skip = has_header
        for number, (line, row, problem) in enumerate(_rows(text, delimiter)):
            if number > MAX_RECORDS:
                return
            if not problem and not any(cell.strip() for cell in row):
                continue
            if skip:
                skip = False
                continue
            yield _record(line, row, problem, columns)

    return Table(columns, records, "csv")


def sniff(text: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells, and into the most; a comma otherwise."""
    start = text[:SAMPLE_CHARS]
    best, found = (0.0, 1), ","
    for delimiter in DELIMITERS:
        rows = [row for _, row, _ in _rows(start, delimiter, limit=SAMPLE_ROWS) if row]
        width, times = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
        score = (times / len(rows), width) if width > 1 else (0.0, 1)
        if score > best:
            best, found = score, delimiter
    return found


def _rows(text: str, delimiter: str, limit: int | None = None) -> Iterator[tuple[int, list[str], str]]:
    """(line on which the row begins, cells, what is wrong with it); after a row that is wrong it goes on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while limit is None or reader.line_num < limit:
        line = reader.line_num + 1
        try:
            yield line, next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], f"The row cannot be read ({error}); is a quote left open?"


def _record(line: int, row: list[str], problem: str, columns: tuple[str, ...]) -> Record:
    cells = dict(zip(columns, row, strict=False))
    if not problem and len(row) > len(columns) and any(row[len(columns) :]):
        problem = f"The row has {len(row):,} cells, the header {len(columns)}; is a delimiter left unquoted?"
    return Record(line, cells, problem)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns; an empty or repeated one is told apart by its place."""
    seen: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        plain = name.strip()[:80].replace("\0", "") or f"Column {place}"
        seen[plain if plain not in seen else f"{plain} ({place})"] = None
    return tuple(seen)
