"""What people see: tables that fit the terminal, and text that cannot command it."""

import json
import shutil
from collections.abc import Iterable, Sequence
from typing import IO, Any

GAP = "  "
SHORTEST = 12


def plain(value: Any) -> str:
    """A value as one line of printable text: titles and targets come from strangers."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(plain, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "".join(char if char.isprintable() else " " for char in str(value))


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], *, width: int | None = None) -> str:
    """Columns under their heads, the widest cut so that a row fits; numbers stand at the right."""
    cells = [[plain(cell) for cell in row] for row in rows]
    numeric = [
        bool(cells) and all(row[place].replace(",", "").isdigit() for row in cells) for place in range(len(head))
    ]
    sizes = [max(map(len, (name, *(row[place] for row in cells)))) for place, name in enumerate(head)]
    room = (width or shutil.get_terminal_size((100, 24)).columns) - len(GAP) * (len(head) - 1)
    while sum(sizes) > room and max(sizes) > SHORTEST:
        widest = sizes.index(max(sizes))
        sizes[widest] = max(SHORTEST, sizes[widest] - (sum(sizes) - room))
    return "\n".join(_line(row, sizes, numeric) for row in [[name.upper() for name in head], *cells])


def facts(pairs: Iterable[tuple[str, Any]]) -> str:
    """Name and value per line; what is empty is left out."""
    shown = [(name, plain(value)) for name, value in pairs if plain(value)]
    size = max((len(name) for name, _ in shown), default=0)
    return "\n".join(f"{name.ljust(size)}{GAP}{value}" for name, value in shown)


def as_json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def number(value: int) -> str:
    return f"{value:,}"


class Progress:
    """A line that is written over, on a terminal only."""

    def __init__(self, stream: IO[str], *, is_quiet: bool = False) -> None:
        self.stream = stream
        self.is_shown = not is_quiet and stream.isatty()

    def show(self, text: str) -> None:
        if self.is_shown:
            self.stream.write(f"\r{text}\033[K")
            self.stream.flush()

    def end(self) -> None:
        if self.is_shown:
            self.stream.write("\r\033[K")
            self.stream.flush()


def _line(row: Sequence[str], sizes: Sequence[int], numeric: Sequence[bool]) -> str:
    cut = [cell if len(cell) <= size else f"{cell[: size - 1]}…" for cell, size in zip(row, sizes, strict=True)]
    aligned = [
        cell.rjust(size) if right else cell.ljust(size) for cell, size, right in zip(cut, sizes, numeric, strict=True)
    ]
    return GAP.join(aligned).rstrip()
