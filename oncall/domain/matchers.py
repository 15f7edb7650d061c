"""Matchers over labels as Alertmanager has them: `=`, `!=`, `=~`, `!~`; a label that is not there is the empty text.

Patterns are RE2, which takes time in proportion to the text, and must match the value as a whole.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

OPERATORS = ("=", "!=", "=~", "!~")
MOST = 30
NAME = 200
VALUE = 1000
TOKEN = re.compile(
    r"""\s*(?P<name>"(?:[^"\\]|\\.)*"|[^\s"{}!=~,]+)\s*(?P<op>=~|!~|!=|=)\s*(?P<value>"(?:[^"\\]|\\.)*"|[^\s",{}][^",{}]*|)\s*"""
)
ESCAPES = {"n": "\n", '"': '"', "\\": "\\"}


class BadMatchers(ValueError):
    """What was given are no matchers; `problems` names each fault in a sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition on one label."""

    name: str
    op: str
    value: str

    def __str__(self) -> str:
        return f"{_name(self.name)}{self.op}{_quoted(self.value)}"


def holds(matcher: Matcher, labels: Mapping[str, str]) -> bool:
    """Whether one matcher holds for `labels`."""
    value = labels.get(matcher.name, "")
    if matcher.op in ("=", "!="):
        return (value == matcher.value) == (matcher.op == "=")
    return bool(_pattern(matcher.value).fullmatch(value)) == (matcher.op == "=~")


def match(matchers: Iterable[Matcher], labels: Mapping[str, str]) -> bool:
    """Whether all of `matchers` hold; none match everything."""
    return all(holds(one, labels) for one in matchers)


def parse(text: str) -> tuple[Matcher, ...]:
    """The matchers of one line such as `severity="critical", team=~"a|b"`, in braces or without.

    Raises BadMatchers with everything that is wrong; an empty line has none.
    """
    inner = text.strip()
    if inner.startswith("{") and inner.endswith("}"):
        inner = inner[1:-1]
    found: list[Matcher] = []
    at = 0
    while inner[at:].strip(" ,\t\n"):
        token = TOKEN.match(inner, at)
        if token is None or (token.end() < len(inner) and inner[token.end()] != ","):
            raise BadMatchers([f"Write name=\"value\", not '{_shown(inner[at:])}'."])
        found.append(Matcher(_unquoted(token["name"]), token["op"], _unquoted(token["value"].rstrip())))
        at = token.end() + 1
    return _sound(found)


def from_json(rows: Any) -> tuple[Matcher, ...]:
    """The matchers of `[{"name", "op", "value"}]`; raises BadMatchers with everything that is wrong."""
    if not isinstance(rows, list):
        raise BadMatchers(["Matchers are a list of objects with name, op and value."])
    faults = [fault for number, row in enumerate(rows, 1) for fault in _shape(number, row)]
    if faults:
        raise BadMatchers(faults)
    return _sound([Matcher(row["name"], row.get("op", "="), row["value"]) for row in rows])


@lru_cache(maxsize=2000)
def _stored(rows: tuple[tuple[str, str, str], ...]) -> tuple[Matcher, ...]:
    return tuple(Matcher(*row) for row in rows)


def stored(rows: Iterable[Mapping[str, Any]]) -> tuple[Matcher, ...]:
    """The matchers of rows that were checked when they were saved."""
    return _stored(tuple((row["name"], row["op"], row["value"]) for row in rows))


def to_json(matchers: Iterable[Matcher]) -> list[dict[str, str]]:
    """What is kept of matchers."""
    return [{"name": one.name, "op": one.op, "value": one.value} for one in matchers]


def text_of(matchers: Iterable[Matcher]) -> str:
    """One line that `parse` reads back."""
    return ", ".join(str(one) for one in matchers)


def of_labels(labels: Mapping[str, str]) -> tuple[Matcher, ...]:
    """Matchers that hold for exactly these labels, in the order of their names."""
    return tuple(Matcher(name, "=", value) for name, value in sorted(labels.items()))


def problems(matchers: Sequence[Matcher]) -> list[str]:
    """Everything that keeps `matchers` from being used, in sentences."""
    found = [] if len(matchers) <= MOST else [f"At most {MOST} matchers stand together."]
    for one in matchers:
        found += _faults(one)
    return found


def _faults(one: Matcher) -> list[str]:
    if not one.name or len(one.name) > NAME:
        return [f"The name of a label has 1 to {NAME} characters."]
    if one.op not in OPERATORS:
        return [f"{one.name}: the operator is one of {', '.join(OPERATORS)}, not '{_shown(one.op)}'."]
    if len(one.value) > VALUE or "\x00" in one.name + one.value:
        return [f"{one.name}: a value has at most {VALUE} characters and no NUL."]
    if not one.op.endswith("~"):
        return []
    try:
        _pattern(one.value)
    except (re2.error, UnicodeError) as error:
        return [f"{one.name}: this is no pattern (RE2): {_told(error)}."]
    return []


def _sound(found: list[Matcher]) -> tuple[Matcher, ...]:
    faults = problems(found)
    if faults:
        raise BadMatchers(faults)
    return tuple(found)


def _shape(number: int, row: Any) -> list[str]:
    if not isinstance(row, dict):
        return [f"Matcher {number} is an object with name, op and value."]
    parts = [("name", row.get("name")), ("op", row.get("op", "=")), ("value", row.get("value"))]
    faults = [f"Matcher {number}: {name} is a text." for name, value in parts if not isinstance(value, str)]
    extra = sorted(str(name) for name in row if name not in ("name", "op", "value"))
    return faults + [f"Matcher {number}: there is no '{_shown(name)}'." for name in extra]


@lru_cache(maxsize=2000)
def _pattern(text: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return re2.compile(text, options=options)


def _told(error: Exception) -> str:
    text = error.args[0] if isinstance(error, re2.error) else "it holds a broken character"
    return (text.decode(errors="replace") if isinstance(text, bytes) else str(text))[:150].rstrip(".")


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_:][\w:.\-/]*", name) else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[0]), text[1:-1], flags=re.DOTALL)


def _shown(text: str) -> str:
    return " ".join(text.split())[:60]
