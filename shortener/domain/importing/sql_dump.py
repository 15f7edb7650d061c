"""Rows out of a MySQL dump: a scanner of statements with proper strings, not a search for quotes.

String syntax: https://dev.mysql.com/doc/refman/8.4/en/string-literals.html (backslash escapes, doubled quotes).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shortener.domain.importing.records import Unreadable

Value = str | None
Token = tuple[str, str]
ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}
TOKEN = re.compile(
    r"""(?P<skip>\s++|--[^\n]*+|\#[^\n]*+|/\*.*?\*/)
    |(?P<text>'(?:[^'\\]++|\\.|'')*+'|"(?:[^"\\]++|\\.|"")*+")
    |(?P<name>`(?:[^`]++|``)*+`)
    |(?P<broken>['"`]|/\*)
    |(?P<word>[\w.+-]++)
    |(?P<mark>.)""",
    re.DOTALL | re.VERBOSE,
)
LITERAL = r"""(?:'(?:[^'\\]++|\\.|'')*+'|[\w.+-]++)"""
ROW = re.compile(rf"\s*+,?\s*+\(\s*+({LITERAL}(?:\s*+,\s*+{LITERAL})*+)\s*+\)", re.DOTALL)
VALUE = re.compile(LITERAL, re.DOTALL)
ESCAPE = re.compile(r"\\(.)|''|\"\"", re.DOTALL)
INTRODUCERS = {"_BINARY", "_UTF8", "_UTF8MB3", "_UTF8MB4", "_LATIN1", "N"}
NOTHING: Token = ("end", "")


class Row(NamedTuple):
    """One row of an INSERT: its table, and its values by column name."""

    table: str
    cells: dict[str, Value]


def rows(text: str, defaults: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """Every row that the dump inserts, in order.

    A column list in the INSERT is followed, else that of the CREATE TABLE, else `defaults` by the end of the table's
    name; rows of other tables are skipped.
    """
    scanner = _Scanner(text)
    made: dict[str, list[str]] = {}
    while (token := scanner.take()) != NOTHING:
        word = token[1].upper() if token[0] == "word" else ""
        if word == "CREATE":
            made |= scanner.created()
        elif word in {"INSERT", "REPLACE"}:
            yield from scanner.inserted(made, defaults)
        elif token != ("mark", ";"):
            scanner.skip_statement()


class _Scanner:
    """Walks over the tokens of a dump, one at a time."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0

    def take(self) -> Token:
        """The next token that is no space or comment; NOTHING at the end."""
        while found := TOKEN.match(self.text, self.place):
            self.place, kind = found.end(), found.lastgroup or ""
            if kind == "broken":
                raise Unreadable("The dump ends inside a text or a comment; was the download cut off?")
            if kind != "skip":
                return kind, found.group()
        return NOTHING

    def skip_statement(self) -> None:
        while self.take() not in {("mark", ";"), NOTHING}:
            pass

    def created(self) -> dict[str, list[str]]:
        """The columns of a CREATE TABLE, by its name; nothing for other things that are created."""
        name, token = "", self.take()
        while token not in {("mark", "("), ("mark", ";"), NOTHING}:
            name, token = (_name(token) or name), self.take()
        if token != ("mark", "("):
            return {}
        columns, depth, is_first = [], 1, True
        while depth and (token := self.take()) != NOTHING:
            depth += {"(": 1, ")": -1}.get(token[1], 0) if token[0] == "mark" else 0
            if is_first and token[0] == "name":
                columns.append(_name(token))
            is_first = depth == 1 and token == ("mark", ",")
        self.skip_statement()
        return {name: columns}

    def inserted(self, made: Mapping[str, list[str]], defaults: Mapping[str, Sequence[str]]) -> Iterator[Row]:
        """The rows of one INSERT; the word itself was taken."""
        table, columns = "", []
        while (token := self.take()) != NOTHING and token[1].upper() not in {"VALUES", "VALUE", ";"}:
            if token == ("mark", "("):
                columns = [_name(name) for name in self._list()]
            else:
                table = _name(token) or table
        ending = next((known for name, known in defaults.items() if table.endswith(name)), ())
        names = columns or made.get(table) or list(ending)
        for values in self._values():
            if names and len(values) != len(names):
                raise Unreadable(f"A row of the table {table} has {len(values)} values for {len(names)} columns.")
            if names:
                yield Row(table, dict(zip(names, values, strict=True)))

    def _values(self) -> Iterator[list[Value]]:
        """The rows of values up to the end of the statement; rows of plain literals take the short way."""
        while True:
            if found := ROW.match(self.text, self.place):
                self.place = found.end()
                yield [value_of(text) for text in VALUE.findall(found.group(1))]
                continue
            token = self.take()
            if token == ("mark", "("):
                yield [value_of(text) for _, text in self._list()]
            elif token[1].upper() == "ON":
                self.skip_statement()
                return
            elif token in {("mark", ";"), NOTHING}:
                return

    def _list(self) -> list[Token]:
        """The values up to the closing bracket; what stands inside further brackets is left out."""
        found: list[Token] = []
        depth = 1
        while (token := self.take()) != NOTHING:
            depth += {"(": 1, ")": -1}.get(token[1], 0) if token[0] == "mark" else 0
            if not depth:
                return found
            if depth == 1 and token[0] != "mark" and token[1].upper() not in INTRODUCERS:
                found.append(token)
        raise Unreadable("The dump ends in the middle of a row; was the download cut off?")


def value_of(text: str) -> Value:
    """What a literal stands for: a text without its quotes and escapes, None for NULL, numbers as written."""
    quote = text[0]
    if quote in {"'", '"'}:
        inner = text[1:-1]
        return ESCAPE.sub(_unescaped, inner) if "\\" in inner or quote in inner else inner
    return None if text.upper() == "NULL" else text


def _unescaped(found: re.Match[str]) -> str:
    char = found.group(1)
    if char is None:
        return found.group()[0]
    return ESCAPES.get(char, f"\\{char}" if char in "%_" else char)


def _name(token: Token) -> str:
    kind, text = token
    if kind == "name":
        return text[1:-1].replace("``", "`")
    return text if kind == "word" and text.upper() not in {"INTO", "IGNORE", "TABLE", "IF", "NOT", "EXISTS"} else ""
