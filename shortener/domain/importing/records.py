"""What every file becomes: named columns, and records that know where they stood."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_COLUMNS = 200
MAX_RECORDS = 1_000_000


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text is a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: `line` is the line on which it begins (for JSON and SQL its number), `cells` its values by column.

    A record with a `problem` could not be read and is reported as it is.
    """

    line: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was understood: `records()` reads it from the start, again with each call."""

    columns: tuple[str, ...]
    records: Callable[[], Iterator[Record]]
    shape: str


def normal(column: str) -> str:
    """A column's name as names are compared: letters and digits only, lower case."""
    return "".join(char for char in column.lower() if char.isalnum())


def bounded(columns: tuple[str, ...]) -> tuple[str, ...]:
    """`columns` when a table may have so many; raises Unreadable beyond 200."""
    if len(columns) > MAX_COLUMNS:
        raise Unreadable(f"The file has {len(columns):,} columns; at most {MAX_COLUMNS} are read.")
    return columns
