"""What kind of text a file is, and its table."""

import re

from shortener.domain.importing import json_items, tables
from shortener.domain.importing.records import Table, Unreadable

SQL = re.compile(r"^\s*(?:--|/\*|CREATE\s|INSERT\s|REPLACE\s|DROP\s|SET\s|LOCK\s|START\s)", re.IGNORECASE)
INSERT = re.compile(r"\b(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\b", re.IGNORECASE)
SHAPES = ("csv", "json", "sql")


def shape_of(text: str) -> str:
    """`json`, `sql` or `csv`, from how the text begins."""
    start = text[:200].lstrip()
    if start.startswith(("{", "[")):
        return "json"
    return "sql" if SQL.match(start) and INSERT.search(text) else "csv"


def table_of(text: str) -> Table:
    """The table of a CSV or JSON text; raises Unreadable for anything else."""
    shape = shape_of(text)
    if shape == "sql":
        raise Unreadable("This is an SQL dump; only those of YOURLS are understood.")
    return json_items.read(text) if shape == "json" else tables.read(text)
