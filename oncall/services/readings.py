"""What a sender's body says, by the format of the address that it was sent to and the settings of its integration."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from oncall.clients import json_paths
from oncall.domain import json_events
from oncall.domain.formats import alertmanager, grafana, json_mapping
from oncall.domain.formats.words import BadSignals, Words
from oncall.domain.signals import Signal

Settings = Mapping[str, Any]


def words_of(settings: Settings) -> Words:
    """The integration's own words where it has some."""
    known = Words()
    return Words(
        severities=settings.get("severities") or known.severities,
        severity_label=settings.get("severity_label") or known.severity_label,
        default_severity=settings.get("default_severity") or known.default_severity,
        titles=tuple(settings.get("titles") or known.titles),
    )


def _json(said: Any, settings: Settings) -> list[Signal]:
    mapping = settings.get("mapping")
    if not mapping:
        return [json_events.parse(said, words_of(settings))]
    return json_mapping.parse(said, mapping, words_of(settings), json_paths.find)


READERS: dict[str, Callable[[Any, Settings], list[Signal]]] = {
    "alertmanager": lambda said, settings: alertmanager.parse(said, words_of(settings)),
    "grafana": lambda said, settings: grafana.parse(said, words_of(settings)),
    "json": _json,
}


def said_in(body: bytes) -> Any:
    """The JSON of a body; BadSignals where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadSignals({"non_field_errors": [_why(error)]}) from error


def _why(error: Exception) -> str:
    match error:
        case RecursionError():
            return "It is nested too deeply."
        case json.JSONDecodeError():
            return f"This is not JSON: {error.msg}, in line {error.lineno}, column {error.colno}."
        case UnicodeDecodeError():
            return f"This is not UTF-8: byte {error.start + 1}. A compressed body is not taken."
        case _:
            return "It holds a number that is too long."


def signals_of(kind: str, said: Any, settings: Settings) -> list[Signal]:
    """The signals in what was said, in their order; BadSignals with all that is wrong."""
    try:
        return READERS[kind](said, settings)
    except RecursionError as error:
        raise BadSignals({"non_field_errors": ["It is nested too deeply."]}) from error
