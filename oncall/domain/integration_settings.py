"""What may be set at an integration, and what is wrong with what was set."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from oncall.domain import alert_states
from oncall.domain.formats import json_mapping
from oncall.domain.formats.words import UNSTORABLE, text

MOST_WORDS, LONGEST_WORD = 50, 80
LONGEST_SILENCE = 7 * 24 * 60
HEADER = re.compile(r"[A-Za-z0-9-]{1,80}")
SECRET = "hmac_secret"  # noqa: S105 - the name of a setting
NAMES = (
    "severities",
    "severity_label",
    "default_severity",
    "titles",
    "mapping",
    SECRET,
    "hmac_timestamp_header",
    "resolve_words",
    "silent_after_minutes",
)


def problems(settings: Mapping[str, Any], path_problem: Callable[[str], str]) -> dict[str, list[str]]:
    """What is wrong, by name; nothing for sound settings."""
    errors = {name: ["There is no such setting."] for name in settings if name not in NAMES}
    for name, check in CHECKS.items():
        if settings.get(name) and (wrong := check(settings[name])):
            errors[name] = [wrong]
    if settings.get("mapping"):
        found = json_mapping.problems(settings["mapping"], path_problem)
        told = [f"{name}: {text}" for name, texts in found.items() for text in texts]
        errors |= {"mapping": told} if told else {}
    return errors


def shown(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as everybody of the team may see them."""
    return {name: value for name, value in settings.items() if name != SECRET}


def lines(severities: Mapping[str, str]) -> str:
    """Words of urgency as they are edited: `word = class`, a line each."""
    return "\n".join(f"{word} = {severity}" for word, severity in severities.items())


def from_lines(text: str) -> dict[str, str]:
    """What `lines` wrote."""
    pairs = (line.partition("=") for line in text.splitlines() if line.strip())
    return {word.strip().lower(): severity.strip().lower() for word, _, severity in pairs}


def _severities(value: Any) -> str:
    known = ", ".join(alert_states.SEVERITIES)
    if not isinstance(value, Mapping) or len(value) > MOST_WORDS:
        return f"Give at most {MOST_WORDS} words and what each means: {known}."
    wrong = [word for word, severity in value.items() if severity not in alert_states.SEVERITIES or not _is_word(word)]
    return f"{text(wrong[0], LONGEST_WORD)}: write word = class, and a class is one of {known}." if wrong else ""


def _default(value: Any) -> str:
    return "" if value in alert_states.SEVERITIES else f"Choose one of {', '.join(alert_states.SEVERITIES)}."


def _word(value: Any) -> str:
    return "" if _is_word(value) else f"Give a name of at most {LONGEST_WORD} characters."


def _list(value: Any) -> str:
    is_sound = isinstance(value, list) and len(value) <= MOST_WORDS and all(_is_word(one) for one in value)
    return "" if is_sound else f"Give at most {MOST_WORDS} texts of at most {LONGEST_WORD} characters."


def _header(value: Any) -> str:
    return "" if isinstance(value, str) and HEADER.fullmatch(value) else "This is no name of a header."


def _minutes(value: Any) -> str:
    is_sound = isinstance(value, int) and 1 <= value <= LONGEST_SILENCE
    return "" if is_sound else f"Choose 1 to {LONGEST_SILENCE} minutes."


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_WORD and not UNSTORABLE.search(value)


CHECKS: dict[str, Callable[[Any], str]] = {
    "severities": _severities,
    "severity_label": _word,
    "default_severity": _default,
    "titles": _list,
    "hmac_timestamp_header": _header,
    "resolve_words": _list,
    "silent_after_minutes": _minutes,
}
