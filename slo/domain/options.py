"""The options of a kind of probe as data, and how what somebody gave becomes what is stored."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slo.domain import assertions, placeholders
from slo.domain import option_values as values
from slo.domain.option_values import Option, Report, Shape, Syntax, items, quoted, text

CAPTURE_SOURCES = {"json": "JSON path", "header": "Header", "body": "Pattern in the body"}

__all__ = ["Option", "Shape", "cleaned", "value_of"]


def value_of(schema: Sequence[Option], options: Mapping[str, Any], key: str) -> Any:
    """The stored value of an option or its default."""
    return options.get(key, next(option.default for option in schema if option.key == key))


def cleaned(schema: Sequence[Option], raw: Any, syntax: Syntax) -> tuple[dict[str, Any], dict[str, str]]:
    """What is stored of `raw` (values that are not the default) and what is wrong with it, by path."""
    report = Report(syntax)
    clean = _object(schema, raw, "", report)
    return clean, report.errors


def _object(schema: Sequence[Option], raw: Any, path: str, report: Report) -> dict[str, Any]:
    if not isinstance(raw, dict):
        report.add(path.rstrip("."), "Give an object with named fields.")
        return {}
    known = {option.key: option for option in schema}
    for key in raw:
        if key not in known:
            report.add(f"{path}{quoted(key)}", f"There is no such option. There are: {', '.join(known) or 'none'}.")
    clean = {}
    for key, option in known.items():
        value = CLEANERS[option.shape](option, raw.get(key, option.default), f"{path}{key}", report)
        if option.is_required and not value:
            report.add(f"{path}{key}", "This is needed.")
        if value != option.default:
            clean[key] = value
    return clean


def _assertions(option: Option, value: Any, path: str, report: Report) -> list[dict[str, str]]:
    return [
        _assertion(option, one, f"{path}.{number}", report) for number, one in enumerate(items(value, path, report))
    ]


def _assertion(option: Option, raw: Any, path: str, report: Report) -> dict[str, str]:
    if isinstance(raw, dict):
        raw = {key: assertions.text_of(one) if _is_scalar(one) else one for key, one in raw.items()}
    data = _object(PARTS, raw, f"{path}.", report)
    allowed = {key for key, _ in option.choices}
    if data.get("subject") in assertions.SUBJECTS and data["subject"] not in allowed:
        report.add(f"{path}.subject", f"Choose one of {', '.join(sorted(allowed))}.")
    for key, problem in assertions.problems(data).items():
        report.add(f"{path}.{key}", problem)
    if data.get("subject") == "json" and data.get("path"):
        report.add(f"{path}.path", report.syntax["json_path"](data["path"]))
    if "matches" in data.get("comparison", "") and data.get("value"):
        report.add(f"{path}.value", report.syntax["regex"](data["value"]))
    return data


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float | bool) or value is None


PARTS = (
    Option("subject", "What", Shape.TEXT, longest=20),
    Option("path", "Name or path", Shape.TEXT, longest=200),
    Option("comparison", "Comparison", Shape.TEXT, longest=20),
    Option("value", "Value", Shape.TEXT, longest=500),
)


def _dialog(option: Option, value: Any, path: str, report: Report) -> list[dict[str, str]]:
    clean = []
    for position, turn in enumerate(items(value, path, report)):
        here = f"{path}.{position}"
        if not isinstance(turn, dict) or set(turn) - {"send", "expect"} or len(turn) != 1:
            report.add(here, "Give either a text to send or a pattern to expect.")
            continue
        (key, said), *_ = turn.items()
        clean.append({key: text(option, said, f"{here}.{key}", report)})
        if key == "expect":
            report.add(
                f"{here}.expect", report.syntax["regex"](clean[-1][key]) if clean[-1][key] else "Give a pattern."
            )
    return clean


def _captures(option: Option, value: Any, path: str, report: Report) -> list[dict[str, str]]:
    clean = []
    for number, raw in enumerate(items(value, path, report)):
        here = f"{path}.{number}"
        data = _object(CAPTURE, raw, f"{here}.", report)
        if not placeholders.is_name(data.get("name", "")):
            report.add(f"{here}.name", "A name is made of letters, digits and underscores.")
        if data.get("from") in {"json", "body"} and data.get("path"):
            report.add(f"{here}.path", report.syntax["json_path" if data["from"] == "json" else "regex"](data["path"]))
        clean.append(data)
    return clean


CAPTURE = (
    Option("name", "Name", Shape.TEXT, longest=40, is_required=True),
    Option("from", "From", Shape.CHOICE, choices=(("", ""), *CAPTURE_SOURCES.items()), is_required=True),
    Option("path", "Path, header or pattern", Shape.TEXT, longest=300, is_required=True),
)


def _steps(option: Option, value: Any, path: str, report: Report) -> list[dict[str, Any]]:
    steps = items(value, path, report)
    return [_object(option.fields, step, f"{path}.{number}.", report) for number, step in enumerate(steps)]


CLEANERS: dict[Shape, Callable[[Option, Any, str, Report], Any]] = {
    Shape.TEXT: values.text,
    Shape.LONG: values.text,
    Shape.NUMBER: values.number,
    Shape.CHOICE: values.choice,
    Shape.FLAG: values.flag,
    Shape.LINES: values.lines,
    Shape.STATUS: values.status,
    Shape.HEADERS: values.headers,
    Shape.ASSERTIONS: _assertions,
    Shape.DIALOG: _dialog,
    Shape.CAPTURES: _captures,
    Shape.STEPS: _steps,
}
