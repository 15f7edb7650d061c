"""The generic JSON of senders that cannot be changed: which path of their body is which field of an alert.

A mapping is data: `{"each": path?, "fields": {name: rule}}`, a rule being `{"path", "default", "values", "prefix"}`,
all optional. `path` is an RFC 9535 path, `values` says what each found word means,
`prefix` stands before what was found.
No rule can run anything. The nodes that they look at are counted beforehand, so that no body takes long.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from oncall.domain import alert_states
from oncall.domain.formats import words
from oncall.domain.formats.words import BadSignals, Words
from oncall.domain.signals import FIRING, STATUSES, Signal

Find = Callable[[str, Any], Sequence[Any]]
FIELDS = (
    "title",
    "severity",
    "status",
    "dedup_key",
    "detail",
    "runbook_url",
    "group_key",
    "link",
    "image",
    "started_at",
)
PARTS = ("path", "default", "values", "prefix")
LABELS = "labels"
MOST_SIGNALS, MOST_VALUES, LONGEST = 500, 50, 500
MOST_FIELDS, MOST_VISITS = len(FIELDS) + words.MOST_LABELS, 1_000_000
WIDE = ("..", "*", "?", ":")
STATES = {
    **dict.fromkeys(
        ("firing", "alert", "alerting", "open", "opened", "triggered", "problem", "down", "critical", "1", "true"),
        FIRING,
    ),
    **dict.fromkeys(("acknowledged", "ack", "acked"), "acknowledged"),
    **dict.fromkeys(("resolved", "ok", "closed", "recovered", "up", "normal", "cleared", "0", "false"), "resolved"),
}

WORDS: dict[str, tuple[Mapping[str, str], Sequence[str]]] = {
    "severity": (words.SEVERITIES, alert_states.SEVERITIES),
    "status": (STATES, STATUSES),
}


def problems(mapping: Any, path_problem: Callable[[str], str]) -> dict[str, list[str]]:
    """What is wrong with a mapping, by field; nothing for a sound one."""
    if not isinstance(mapping, Mapping) or not isinstance(mapping.get("fields", {}), Mapping):
        return {"mapping": ['Give {"each": path, "fields": {"title": {"path": ...}, ...}}.']}
    if words.UNSTORABLE.search(json.dumps(mapping, ensure_ascii=False).replace("\\u0000", "\0")):
        return {"mapping": ["It holds a character that cannot be stored."]}
    errors: dict[str, list[str]] = {name: ["There is no such part."] for name in set(mapping) - {"each", "fields"}}
    each = mapping.get("each") or ""
    if each and (found := _path_error(each, path_problem)):
        errors["each"] = [found]
    if len(mapping.get("fields", {})) > MOST_FIELDS:
        return {"fields": [f"Map at most {MOST_FIELDS} fields."]}
    for name, rule in mapping.get("fields", {}).items():
        if wrong := _field_errors(str(name), rule, path_problem):
            errors[str(name)[:80]] = wrong
    if "title" not in mapping.get("fields", {}):
        errors.setdefault("title", ["Say where the title is, or give a default."])
    return errors


def parse(said: Any, mapping: Mapping[str, Any], known: Words, find: Find) -> list[Signal]:
    """The signals of a body: one, or one for each node that `each` leads to. BadSignals naming each wrong field."""
    each = mapping.get("each") or ""
    nodes = list(find(each, said)) if each else [said]
    if not nodes:
        raise BadSignals({"each": [f"The path {each} leads to nothing."]})
    if len(nodes) > MOST_SIGNALS:
        raise BadSignals({"each": [f"It leads to {len(nodes)} nodes; at most {MOST_SIGNALS} are taken."]})
    fields = mapping.get("fields", {})
    if _visits(fields, nodes) > MOST_VISITS:
        raise BadSignals({"each": ["The body is too large for so many paths with .., *, ? or slices: name the way."]})
    return [_signal(node, fields, known, find, place if each else None) for place, node in enumerate(nodes)]


def size(said: Any, most: int) -> int:
    """How many nodes JSON has, counted no further than `most`."""
    count, waiting = 0, [said]
    while waiting and count <= most:
        node = waiting.pop()
        count += 1
        if isinstance(node, list | Mapping):
            waiting.extend(node.values() if isinstance(node, Mapping) else node)
    return count


def _visits(fields: Mapping[str, Any], nodes: Sequence[Any]) -> int:
    """How many nodes the wide paths of the rules look at, at most."""
    wide = sum(any(sign in rule["path"] for sign in WIDE) for rule in fields.values() if rule.get("path"))
    visits = 0
    for node in nodes if wide else ():
        visits += wide * size(node, MOST_VISITS // wide)
        if visits > MOST_VISITS:
            break
    return visits


def _is_plain(said: Any) -> bool:
    return isinstance(said, str | int | float)


def _word_errors(name: str, rule: Mapping[str, Any]) -> list[str]:
    """Words that a severity or a status is said to mean and that are none."""
    told = [*rule.get("values", {}).values(), *([rule["default"]] if rule.get("default") else [])]
    usual, classes = WORDS.get(name, ({}, ()))
    said = [words.text(one, 60).lower() for one in told if usual]
    wrong = next((one or "this" for one in said if one not in usual and one not in classes), "")
    return [f"'{wrong}' means none of {', '.join(classes)}."] if wrong else []


def _path_error(path: Any, path_problem: Callable[[str], str]) -> str:
    if not isinstance(path, str) or len(path) > LONGEST:
        return f"A path is text of at most {LONGEST} characters."
    return path_problem(path)


def _field_errors(name: str, rule: Any, path_problem: Callable[[str], str]) -> list[str]:
    label = name.removeprefix(f"{LABELS}.")
    if name not in FIELDS and (label == name or not label or len(label) > words.KEY):
        return [f"There is no such field. Choose from {', '.join(FIELDS)}, labels.<name>."]
    return _rule_errors(rule, path_problem) or _word_errors(name, rule)


def _rule_errors(rule: Any, path_problem: Callable[[str], str]) -> list[str]:
    if not isinstance(rule, Mapping):
        return ['Give {"path": "$.a.b", "default": "..."}.']
    found = [f"There is no part {name}." for name in rule if name not in PARTS]
    if not rule.get("path") and "default" not in rule:
        found.append("Give a path or a default.")
    if rule.get("path") and (wrong := _path_error(rule["path"], path_problem)):
        found.append(wrong)
    values = rule.get("values", {})
    if not isinstance(values, Mapping) or len(values) > MOST_VALUES:
        found.append(f"Values are an object of at most {MOST_VALUES} words and what they mean.")
    elif not all(_is_plain(one) for one in (*values.values(), rule.get("prefix", ""), rule.get("default", ""))):
        found.append("Values, prefix and default are texts or numbers.")
    return found


def _signal(node: Any, fields: Mapping[str, Any], known: Words, find: Find, place: int | None) -> Signal:
    at = "" if place is None else f"each.{place}."
    got = {name: _value(node, rule, find) for name, rule in fields.items()}
    state = got.get("status", "").lower()
    status = state if state in STATUSES else STATES.get(state, FIRING if not state else "")
    title, whole = words.subject(got.get("title", ""))
    key = words.key_of(got.get("dedup_key", "")) or (words.digest(got["title"]) if title else "")
    errors = {}
    if not status:
        errors[f"{at}status"] = [f"'{state[:60]}' is neither firing, acknowledged nor resolved; map it under values."]
    if status == FIRING and not title:
        errors[f"{at}title"] = ["The path leads to no text, and there is no default."]
    if not key:
        errors[f"{at}dedup_key"] = ["The path leads to no text: which alert is this about?"]
    if errors:
        raise BadSignals(errors)
    severity = got.get("severity", "")
    return Signal(
        dedup_key=key,
        status=status,
        title=title,
        severity=severity if severity in alert_states.SEVERITIES else known.severity(severity),
        detail=words.joined(whole, got.get("detail", "")),
        labels={
            name.removeprefix(f"{LABELS}."): said
            for name, said in got.items()
            if name.startswith(f"{LABELS}.") and said
        },
        group_key=words.key_of(got.get("group_key", "")),
        runbook_url=got.get("runbook_url", "") if words.is_url(got.get("runbook_url")) else "",
        links=words.link(got.get("link"), "At the sender"),
        images=words.image(got.get("image")),
        started_at=words.instant(got.get("started_at")),
    )


def _value(node: Any, rule: Mapping[str, Any], find: Find) -> str:
    """What a rule finds, as text: the first thing that its path leads to, else its default."""
    found = list(find(rule["path"], node))[:1] if rule.get("path") else []
    said = words.text(found[0], words.DETAIL) if found else ""
    values = {str(name).lower(): meaning for name, meaning in rule.get("values", {}).items()}
    meant = values.get(said.lower(), said)
    return words.text(f"{rule.get('prefix', '')}{meant}" if said else rule.get("default", ""), words.DETAIL)
