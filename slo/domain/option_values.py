"""The simple values of options: texts, numbers, choices, headers; each cleaner reports what is wrong and goes on."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from oncall.domain import redaction
from slo.domain import placeholders
from slo.domain.probing import status_ranges

HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
MOST = 20
SCHEMES = frozenset({"", "Bearer", "Basic", "Token"})
Syntax = Mapping[str, Callable[[str], str]]


class Shape(StrEnum):
    """What the value of an option looks like."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    LINES = "lines"
    STATUS = "status"
    HEADERS = "headers"
    ASSERTIONS = "assertions"
    DIALOG = "dialog"
    CAPTURES = "captures"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its key, what people read, and its bounds. `default` is not stored."""

    key: str
    label: str
    shape: Shape
    default: Any = ""
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 0
    longest: int = 200
    is_required: bool = False
    fields: tuple["Option", ...] = ()


@dataclass(slots=True)
class Report:
    """What was found wrong, by path (`assertions.0.path`); `syntax` tells the faults of a `regex` or `json_path`."""

    syntax: Syntax
    errors: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, problem: str) -> None:
        """Keeps the first problem of each path."""
        if problem:
            self.errors.setdefault(path, problem)


def quoted(key: Any) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in str(key)[:60])


def text(option: Option, value: Any, path: str, report: Report) -> str:
    if not isinstance(value, str):
        report.add(path, "Give a text.")
        return ""
    multiline = option.shape is Shape.LONG
    text = value if multiline else value.strip()
    if len(text) > option.longest:
        report.add(path, f"At most {option.longest} characters.")
    if any(not (letter.isprintable() or (multiline and letter in "\r\n\t")) for letter in text):
        report.add(path, "It holds characters that cannot be sent.")
    return text


def number(option: Option, value: Any, path: str, report: Report) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or not option.low <= value <= option.high:
        report.add(path, f"Give a whole number from {option.low} to {option.high}.")
    return value


def choice(option: Option, value: Any, path: str, report: Report) -> Any:
    keys = [key for key, _ in option.choices]
    if value not in keys:
        report.add(path, f"Choose one of {', '.join(key or 'none' for key in keys)}.")
    return value


def flag(_option: Option, value: Any, path: str, report: Report) -> Any:
    if not isinstance(value, bool):
        report.add(path, "Give true or false.")
    return value


def lines(option: Option, value: Any, path: str, report: Report) -> Any:
    return [text(option, line, f"{path}.{number}", report) for number, line in enumerate(items(value, path, report))]


def items(value: Any, path: str, report: Report) -> list[Any]:
    if not isinstance(value, list | tuple):
        report.add(path, "Give a list.")
        return []
    if len(value) > MOST:
        report.add(path, f"At most {MOST}.")
    return list(value[:MOST])


def status(option: Option, value: Any, path: str, report: Report) -> str:
    ranges = text(option, value, path, report)
    try:
        status_ranges(ranges)
    except ValueError as error:
        report.add(path, str(error))
    return ranges


def headers(option: Option, value: Any, path: str, report: Report) -> dict[str, str]:
    if not isinstance(value, dict):
        report.add(path, "Give an object of names and values.")
        return {}
    if len(value) > MOST:
        report.add(path, f"At most {MOST}.")
    return {name: _header(option, name, text, f"{path}.{quoted(name)}", report) for name, text in value.items()}


def _header(option: Option, name: str, value: Any, path: str, report: Report) -> str:
    if HEADER_NAME.fullmatch(name) is None:
        report.add(path, "This is no name of a header.")
    content = text(option, value, path, report)
    if redaction.is_secret_header(name) and not _is_captured(content):
        report.add(path, "Put secrets into the credentials, where they are sealed.")
    return content


def _is_captured(text: str) -> bool:
    """Whether a header holds nothing but values that are captured or sealed elsewhere."""
    return placeholders.PLACEHOLDER.sub("", text).strip() in SCHEMES and bool(placeholders.names(text))
