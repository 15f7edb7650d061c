"""Events as PagerDuty's Events API v2 takes them: `POST /v2/enqueue`.

Source: developer.pagerduty.com, "Send an Alert Event". Errors are worded as its clients print them.
"""

import json
from collections.abc import Mapping
from typing import Any

from oncall.domain.formats import words
from oncall.domain.formats.words import Words
from oncall.domain.signals import ACKNOWLEDGED, FIRING, RESOLVED, Signal

KEY_LENGTH = 32
SUMMARY, SOURCE = 1024, 1000
ACTIONS = {"trigger": FIRING, "acknowledge": ACKNOWLEDGED, "resolve": RESOLVED}
SEVERITIES = ("critical", "error", "warning", "info")
PARTS = ("source", "component", "group", "class")


class BadEvent(ValueError):
    """The event cannot be taken; `errors` are sentences."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


def routing_key_of(given: Any) -> str:
    """The key of an event; BadEvent when it is not one of 32 characters."""
    if not isinstance(given, Mapping):
        raise BadEvent(["The event must be a JSON object"])
    key = given.get("routing_key")
    if not isinstance(key, str) or not key:
        raise BadEvent(["'routing_key' is missing or blank"])
    if len(key) != KEY_LENGTH or not key.isascii() or not key.isalnum():
        raise BadEvent([f"Length of 'routing_key' is incorrect (should be {KEY_LENGTH} characters)"])
    return key


def parse(given: Mapping[str, Any], known: Words, *, new_key: str) -> Signal:
    """The signal of an event, under `new_key` where a trigger names none. BadEvent with all that is wrong."""
    action, key = given.get("event_action"), given.get("dedup_key")
    errors = _wrong_head(action, key)
    payload = given.get("payload")
    if action == "trigger":
        errors += _wrong_payload(payload)
    errors += [
        f"'{name}' is invalid (should be a list)" for name in ("links", "images") if not _is_list(given.get(name))
    ]
    if errors:
        raise BadEvent(errors)
    status, dedup_key = ACTIONS[str(action)], words.text(key, words.KEY) or new_key
    if status != FIRING or not isinstance(payload, Mapping):
        return Signal(dedup_key=dedup_key, status=status)
    return _trigger(given, payload, dedup_key, known)


def _wrong_head(action: Any, key: Any) -> list[str]:
    errors = []
    if not isinstance(action, str) or action not in ACTIONS:
        errors.append("'event_action' is missing or invalid (should be one of trigger, acknowledge, resolve)")
    if key is not None and not isinstance(key, str):
        errors.append("'dedup_key' is invalid (should be a string)")
    elif len(key or "") > words.KEY:
        errors.append(f"Length of 'dedup_key' is incorrect (should be at most {words.KEY} characters)")
    elif action in ("acknowledge", "resolve") and not words.text(key, words.KEY):
        errors.append("'dedup_key' is missing or blank")
    return errors


def _wrong_payload(payload: Any) -> list[str]:
    if not isinstance(payload, Mapping):
        return ["'payload' is missing or invalid"]
    errors = []
    if not words.text(payload.get("summary"), SUMMARY):
        errors.append("'payload.summary' is missing or blank")
    elif len(str(payload["summary"])) > SUMMARY:
        errors.append(f"Length of 'payload.summary' is incorrect (should be at most {SUMMARY} characters)")
    if not words.text(payload.get("source"), SOURCE):
        errors.append("'payload.source' is missing or blank")
    if payload.get("severity") not in SEVERITIES:
        errors.append("'payload.severity' is missing or invalid (should be one of critical, error, warning, info)")
    if payload.get("timestamp") and words.instant(payload["timestamp"]) is None:
        errors.append("'payload.timestamp' is invalid (should be ISO 8601)")
    return errors


def _is_list(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, Mapping) for one in value))


def _trigger(given: Mapping[str, Any], payload: Mapping[str, Any], dedup_key: str, known: Words) -> Signal:
    title, whole = words.subject(str(payload["summary"]))
    links = [found for one in given.get("links") or [] for found in words.link(one.get("href"), one.get("text"))]
    client = words.text(given.get("client"), words.TITLE)
    images = [
        found
        for one in given.get("images") or []
        for found in words.image(one.get("src"), one.get("alt"), one.get("href"))
    ]
    return Signal(
        dedup_key=dedup_key,
        title=title,
        severity=known.severity(payload["severity"]),
        detail=words.joined(whole, _details(payload.get("custom_details"))),
        labels=_labels(payload),
        annotations=words.texts(payload.get("custom_details")),
        links=(links + words.link(given.get("client_url"), client or "The sender"))[: words.MOST_LINKS],
        images=images[: words.MOST_IMAGES],
        started_at=words.instant(payload.get("timestamp")),
    )


def _labels(payload: Mapping[str, Any]) -> dict[str, str]:
    """The parts of the payload by which routes and groups are made."""
    said = {name: words.text(payload.get(name), words.LABEL) for name in (*PARTS, "severity")}
    return {name: value for name, value in said.items() if value}


def _details(said: Any) -> str:
    if isinstance(said, str):
        return words.text(said, words.DETAIL)
    if not isinstance(said, Mapping):
        return ""
    lines = [f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in said.items()]
    return words.text("\n".join(lines), words.DETAIL)
