"""The generic JSON that any script can send: one object, one alert."""

from collections.abc import Mapping
from typing import Any

from oncall.domain import alert_states
from oncall.domain.formats import words
from oncall.domain.formats.words import SEVERITIES, BadSignals, Words
from oncall.domain.signals import FIRING, STATUSES, Signal

CLASSES = dict(zip(alert_states.SEVERITIES, alert_states.SEVERITIES, strict=True))
LIMITS = {"title": 200, "dedup_key": 255, "detail": 20_000, "runbook_url": 500, "group_key": 255}


def parse(said: Any, known: Words | None = None) -> Signal:
    """The signal in `said`, or BadSignals naming every wrong field. Fields that are not known are left alone.

    Without a `dedup_key` the title is the key, so that a repeat joins. A severity is one of the classes, or a word for
    one: the integration's own or a usual one.
    """
    known = known or Words()
    if not isinstance(said, Mapping):
        raise BadSignals({"non_field_errors": ["Send one JSON object."]})
    errors: dict[str, list[str]] = {}
    text = {name: _text(said, name, limit, errors) for name, limit in LIMITS.items()}
    status = _word(said, "status", dict(zip(STATUSES, STATUSES, strict=True)), FIRING, errors)
    severity = _word(said, "severity", {**SEVERITIES, **CLASSES, **known.severities}, known.default_severity, errors)
    links, labels = _links(said.get("links"), errors), _labels(said.get("labels"), errors)
    key = text["dedup_key"] or (words.digest(text["title"]) if text["title"] else "")
    if status == FIRING and not text["title"] and "title" not in errors:
        errors["title"] = ["A firing alert needs a title."]
    if not key and not errors:
        errors["dedup_key"] = ["Say which alert this is about."]
    if errors:
        raise BadSignals(errors)
    return Signal(
        dedup_key=key,
        status=status,
        title=text["title"],
        severity=severity,
        detail=text["detail"],
        labels=labels,
        group_key=text["group_key"],
        runbook_url=text["runbook_url"],
        links=links,
    )


def _text(said: Mapping[str, Any], name: str, limit: int, errors: dict[str, list[str]]) -> str:
    value = said.get(name) or ""
    if not isinstance(value, str):
        errors[name] = ["This must be text."]
        return ""
    if len(value) > limit:
        errors[name] = [f"This must have at most {limit} characters."]
    value = words.text(value, limit)
    if name == "runbook_url" and value and not value.startswith(("http://", "https://")):
        errors[name] = ["Give an http or https address."]
    return value


def _word(
    said: Mapping[str, Any], name: str, known: Mapping[str, str], default: str, errors: dict[str, list[str]]
) -> str:
    """What a word means, whatever its case; the default where there is none."""
    if said.get(name) is None:
        return default
    meant = known.get(words.text(said[name], words.LABEL).lower(), "")
    if not meant:
        errors[name] = [f"Choose one of: {', '.join(dict.fromkeys(known.values()))}."]
    return meant or default


def _labels(value: Any, errors: dict[str, list[str]]) -> dict[str, str]:
    if value is not None and not isinstance(value, Mapping):
        errors["labels"] = ["Give an object of names and texts."]
    return words.texts(value)


def _links(value: Any, errors: dict[str, list[str]]) -> list[dict[str, str]]:
    links = value or []
    if not isinstance(links, list) or not all(
        isinstance(link, Mapping) and words.is_url(link.get("href")) for link in links
    ):
        errors["links"] = ['Give a list of {"href": "https://...", "text": "..."}.']
        return []
    return [found for link in links[: words.MOST_LINKS] for found in words.link(link["href"], link.get("text"))]
