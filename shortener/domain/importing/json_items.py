"""JSON of APIs: a list, an object that holds one, several such pages one after the other, or one object per line."""

import json
from collections.abc import Iterator
from typing import Any

from shortener.domain.importing import values
from shortener.domain.importing.records import MAX_RECORDS, Record, Table, Unreadable, bounded

LISTS = ("data", "links", "items", "result", "results", "shortUrls", "urls", "visits")
SAMPLE = 1_000
DEEPEST = 3
SHAPE = "json"
loads = values.DECODER.decode


def read(text: str) -> Table:
    """The table of a JSON text; an object inside an item becomes columns with a dot, such as `meta.validSince`."""
    lines = _as_lines(text)
    found = lines if lines is not None else [Record(number, flat(item)) for number, item in enumerate(_items(text), 1)]
    if not found:
        raise Unreadable("The JSON holds no list of links.")
    names: dict[str, None] = {}
    for record in found[:SAMPLE]:
        names.update(dict.fromkeys(record.cells))
    return Table(bounded(tuple(names)), lambda: iter(found[:MAX_RECORDS]), SHAPE)


def flat(item: Any) -> dict[str, Any]:
    """One item by column. Names lose what a database cannot hold; objects are opened one level."""
    if not isinstance(item, dict):
        return {"value": item}
    cells: dict[str, Any] = {}
    for name, value in item.items():
        plain = _plain(name)
        if isinstance(value, dict):
            cells |= {f"{plain}.{_plain(inner)}": deeper for inner, deeper in value.items()}
        else:
            cells[plain] = value
    return cells


def _as_lines(text: str) -> list[Record] | None:
    """One record per line when the first line is an object of its own; a line that is none is a record at fault."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or not _is_item(lines[0][1]):
        return None
    return [_line(number, line) for number, line in lines]


def _line(number: int, line: str) -> Record:
    try:
        return Record(number, flat(loads(line)))
    except (ValueError, RecursionError) as error:
        return Record(number, {}, f"The line is no JSON object ({error}).")


def _is_item(line: str) -> bool:
    try:
        value = loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and _list_in(value, DEEPEST) is None


def _items(text: str) -> Iterator[Any]:
    """The items of all documents of the text, in order."""
    decoder, place, end = values.DECODER, 0, len(text)
    while True:
        while place < end and text[place].isspace():
            place += 1
        if place >= end:
            return
        try:
            document, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise Unreadable(
                f"The JSON is broken at line {error.lineno}, column {error.colno}: {error.msg}."
            ) from error
        except (ValueError, RecursionError) as error:
            raise Unreadable("The JSON is nested too deeply, or holds a number that is too long.") from error
        found = _list_in(document, DEEPEST)
        yield from found if found is not None else [document]


def _list_in(document: Any, levels: int) -> list[Any] | None:
    """The list of items of a document: itself, or what stands under one of the usual names."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict) or not levels:
        return None
    for name in LISTS:
        found = _list_in(document.get(name), levels - 1)
        if found is not None:
            return found
    return None


def _plain(name: str) -> str:
    return "".join(char for char in name[:80] if char.isprintable())
