"""What an answer has to be like: a subject of the answer, a comparison, and the value it is compared with.

A comparison has to hold for everything that was found, and nothing found breaks every one but `not_exists`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from json import JSONDecodeError, loads
from typing import Any

Matcher = Callable[[str, str], bool]
Number = int | float | Decimal
SHOWN = 80

TEXTUAL = ("equals", "not_equals", "contains", "not_contains", "matches", "not_matches")
PRESENCE = ("exists", "not_exists")
ORDERED = ("less_than", "at_most", "more_than", "at_least")
COMPARISONS = {name: name.replace("_", " ") for name in (*TEXTUAL, *PRESENCE, *ORDERED)}


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of an answer. `path_label` is what its path is called, empty where it has none; some are numbers only."""

    label: str
    comparisons: tuple[str, ...]
    path_label: str = ""
    unit: str = ""
    is_number: bool = False


SUBJECTS = {
    "header": Subject("Header", TEXTUAL + PRESENCE, "Name of the header"),
    "body": Subject("Body", TEXTUAL),
    "json": Subject("JSON path", TEXTUAL + PRESENCE + ORDERED, "Path (RFC 9535)"),
    "latency": Subject("Latency", ORDERED, unit="ms", is_number=True),
    "size": Subject("Size", ("equals", *ORDERED), unit="bytes", is_number=True),
    "redirects": Subject("Redirects followed", ("equals", *ORDERED), is_number=True),
    "tls_version": Subject("TLS version", ("equals", "at_least"), is_number=True),
    "certificate_days": Subject("Certificate days", ORDERED, unit="days", is_number=True),
}


@dataclass(frozen=True, slots=True)
class Assertion:
    """One expectation; `path` is the name of a header or a JSON path."""

    subject: str
    comparison: str
    value: str = ""
    path: str = ""

    @property
    def name(self) -> str:
        """What it looks at, in words: `header Content-Type`."""
        return f"{SUBJECTS[self.subject].label} {self.path}".strip()


def assertion_of(data: Mapping[str, Any]) -> Assertion:
    """An assertion from what is stored."""
    return Assertion(data["subject"], data["comparison"], data.get("value", ""), data.get("path", ""))


def problems(data: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the parts of an assertion, by field, apart from the syntax of patterns and paths."""
    subject = SUBJECTS.get(str(data.get("subject")))
    if subject is None:
        return {"subject": f"Choose one of {', '.join(SUBJECTS)}."}
    found = {}
    if data.get("comparison") not in subject.comparisons:
        found["comparison"] = f"Choose one of {', '.join(subject.comparisons)}."
    if subject.path_label and not data.get("path"):
        found["path"] = f"Give the {subject.path_label[0].lower()}{subject.path_label[1:]}."
    if not subject.path_label and data.get("path"):
        found["path"] = f"{subject.label} has no path."
    if wrong := _value_problem(subject, data):
        found["value"] = wrong
    return found


def _value_problem(subject: Subject, data: Mapping[str, Any]) -> str:
    comparison, value = data.get("comparison"), data.get("value", "")
    if comparison in PRESENCE:
        return "" if value == "" else "This comparison takes no value."
    if value == "" and comparison not in {"equals", "not_equals"}:
        return "Give the value to compare with."
    if (subject.is_number or comparison in ORDERED) and number(value) is None:
        return "Give a number."
    return ""


def broken(assertion: Assertion, found: Sequence[Any], *, matches: Matcher) -> str:
    """Why `found` is not as expected, in a sentence; empty when it is. `matches` searches a text for a pattern."""
    if assertion.comparison in PRESENCE:
        if bool(found) is (assertion.comparison == "exists"):
            return ""
        return f"{assertion.name} {'is there' if found else 'is missing'}."
    if not found:
        return f"{assertion.name} is missing, expected was: {_expected(assertion)}."
    for value in found:
        if not _holds(assertion, value, matches):
            return f"{assertion.name} is {_shown(value, assertion)}, expected was: {_expected(assertion)}."
    return ""


def _holds(assertion: Assertion, value: Any, matches: Matcher) -> bool:
    wanted, text = assertion.value, text_of(value)
    match assertion.comparison:
        case "equals":
            return _equal(value, wanted)
        case "not_equals":
            return not _equal(value, wanted)
        case "contains":
            return wanted in text
        case "not_contains":
            return wanted not in text
        case "matches":
            return matches(wanted, text)
        case "not_matches":
            return not matches(wanted, text)
        case _:
            return _ordered(assertion.comparison, number(value), number(wanted))


def _ordered(comparison: str, value: Decimal | None, wanted: Decimal | None) -> bool:
    if value is None or wanted is None:
        return False
    return {
        "less_than": value < wanted,
        "at_most": value <= wanted,
        "more_than": value > wanted,
        "at_least": value >= wanted,
    }[comparison]


def _equal(value: Any, wanted: str) -> bool:
    """Text equals its letters; a number, a truth value or null equals its JSON."""
    if isinstance(value, str):
        return value == wanted
    with suppress(JSONDecodeError, RecursionError, InvalidOperation):
        meant = loads(wanted, parse_float=Decimal, parse_constant=lambda _: object())
        return isinstance(value, bool) is isinstance(meant, bool) and bool(value == meant)
    return False


def number(value: Any) -> Decimal | None:
    """`value` as a finite number, None when it is none: neither are truth values."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def text_of(value: Any) -> str:
    """A value of JSON as text: letters as they are, everything else as JSON writes it."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _shown(value: Any, assertion: Assertion) -> str:
    unit = SUBJECTS[assertion.subject].unit
    text = text_of(value)
    short = text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
    if assertion.subject == "body":
        return "something else"
    is_text = isinstance(value, str) and not unit and not SUBJECTS[assertion.subject].is_number
    return f"'{short}'" if is_text else f"{short} {unit}".strip()


def _expected(assertion: Assertion) -> str:
    unit = SUBJECTS[assertion.subject].unit
    plain = unit or assertion.comparison in ORDERED
    value = f"{assertion.value} {unit}".strip() if plain else f"'{assertion.value}'"
    return f"{COMPARISONS[assertion.comparison]} {value}"


def line_of(data: Mapping[str, Any]) -> str:
    """An assertion as one line that `from_line` reads: `header Content-Type contains json`."""
    parts = (data.get("subject", ""), data.get("path", ""), data.get("comparison", ""), data.get("value", ""))
    return " ".join(str(part) for part in parts if part != "")


def from_line(line: str) -> dict[str, str]:
    """The parts of a line: the subject, a path where the subject has one, the comparison, and the value."""
    subject, _, rest = line.strip().partition(" ")
    known = SUBJECTS.get(subject)
    if known is None or not known.path_label:
        comparison, _, value = rest.partition(" ")
        return _parts(subject, "", comparison, value)
    words = rest.split(" ")
    for position, word in enumerate(words[1:], start=1):
        if word in COMPARISONS:
            return _parts(subject, " ".join(words[:position]), word, " ".join(words[position + 1 :]))
    return _parts(subject, rest, "", "")


def _parts(subject: str, path: str, comparison: str, value: str) -> dict[str, str]:
    data = {"subject": subject, "path": path, "comparison": comparison, "value": value}
    return {name: text for name, text in data.items() if text}
