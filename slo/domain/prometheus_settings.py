"""The settings of SLIs that are read from Prometheus, and what may be wrong with them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from slo.domain import promql

LONGEST = 1000
COMPARISONS = ("<", "<=", ">", ">=")


class Mode(StrEnum):
    """How counts are made of what a server answers."""

    RATIO = "ratio"
    LATENCY_BUCKET = "latency_bucket"
    GAUGE = "gauge"
    EXPRESSION = "expression"


NUMBERS = ("le", "limit")

FIELDS: dict[Mode, tuple[str, ...]] = {
    Mode.RATIO: ("good", "bad", "total"),
    Mode.LATENCY_BUCKET: ("bucket", "le"),
    Mode.GAUGE: ("query", "comparison", "limit"),
    Mode.EXPRESSION: ("good", "total"),
}


def cleaned(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings without empty ones, and numbers as the text that they are kept as."""
    found = {name: value for name, value in settings.items() if value != ""}
    numbers = {name: str(found[name]) for name in NUMBERS if type(found.get(name)) in {int, float}}
    return found | numbers


def problems(settings: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with each setting; empty when the settings can be asked."""
    mode = settings.get("mode")
    if mode not in list(Mode):
        return {"mode": f"Choose one of {', '.join(Mode)}."}
    used = {name: settings.get(name, "") for name in FIELDS[Mode(mode)]}
    found = {name: text for name, value in used.items() if (text := _text_problem(value))}
    found |= {} if found else CHECKS[Mode(mode)](used)
    unknown = set(settings) - {"mode", "server", *FIELDS[Mode(mode)]}
    return found | dict.fromkeys(sorted(unknown), "This mode has no such setting.")


def _text_problem(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable():
        return "Give a text of one line."
    return f"At most {LONGEST} characters." if len(value) > LONGEST else ""


def _selector_problem(text: str) -> str:
    try:
        promql.parse(text)
    except promql.BadSelector as error:
        return str(error)
    return ""


def _ratio_problems(used: Mapping[str, str]) -> dict[str, str]:
    found = {name: text for name in used if used[name] and (text := _selector_problem(used[name]))}
    if not used["total"]:
        found["total"] = "Name the counters of all events."
    if bool(used["good"]) == bool(used["bad"]):
        found["good"] = "Name the counters of either the good or the bad events."
    return found


def _bucket_problems(used: Mapping[str, str]) -> dict[str, str]:
    found = {"bucket": text} if (text := _selector_problem(used["bucket"])) else {}
    limit = _decimal(used["le"])
    return found if limit is not None and limit > 0 else found | {"le": "Give the bound of a bucket in its unit: 0.3."}


def _gauge_problems(used: Mapping[str, str]) -> dict[str, str]:
    found = {} if used["query"].strip() else {"query": "Give an expression."}
    if used["comparison"] not in COMPARISONS:
        found["comparison"] = f"Choose one of {' '.join(COMPARISONS)}."
    return found if _decimal(used["limit"]) is not None else found | {"limit": "Give a number."}


def _expression_problems(used: Mapping[str, str]) -> dict[str, str]:
    return {name: "Give an expression." for name, text in used.items() if not text.strip()}


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= 18 else None


CHECKS = {
    Mode.RATIO: _ratio_problems,
    Mode.LATENCY_BUCKET: _bucket_problems,
    Mode.GAUGE: _gauge_problems,
    Mode.EXPRESSION: _expression_problems,
}
