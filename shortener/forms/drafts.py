"""Rules as the editor has them: plain texts for each field, between what was sent and the JSON that is stored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from shortener.domain import rules
from shortener.domain.conditions import CONDITIONS

LISTS = ("device", "os", "browser")
WORDS = ("language", "country", "address")
TEXTS = ("id", "other", "name", "query", "since", "until", *WORDS)
LOCAL = "%Y-%m-%dT%H:%M:%S"


def _one_target() -> list[dict[str, Any]]:
    return [{"target": "", "weight": "1"}]


@dataclass
class Draft:
    """The texts of one rule's fields, and of its targets."""

    fields: dict[str, Any] = field(default_factory=dict)
    variants: list[dict[str, Any]] = field(default_factory=_one_target)


def sent(data: QueryDict) -> list[Draft]:
    """The drafts that a form brought back."""
    return [_sent_rule(data, f"rule{index}") for index in range(_count(data, "rules_count", rules.MOST_RULES))]


def stored(raw: Sequence[Mapping[str, Any]]) -> list[Draft]:
    """The drafts of stored rules."""
    return [_stored_rule(rule) for rule in raw]


def rearranged(given: list[Draft], action: str) -> list[Draft]:
    """`given` after a button: `rule.add`, `rule.remove.N`, `rule.up.N`, `rule.down.N`, `to.add.N`, `to.remove.N.M`.

    What makes no sense changes nothing.
    """
    noun, _, rest = action.partition(".")
    verb, *numbers = rest.split(".")
    at = [int(number) for number in numbers if number.isascii() and number.isdigit()]
    changed = list(given)
    if noun == "rule" and verb == "add" and len(given) < rules.MOST_RULES:
        return [*given, Draft()]
    if not at or at[0] >= len(given):
        return changed
    if noun == "rule":
        return _moved(changed, verb, at[0])
    if noun == "to":
        changed[at[0]] = _with_targets(given[at[0]], verb, at[1:])
    return changed


def rule_of(given: Mapping[str, Any], variants: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON of a rule from the cleaned values of its fields."""
    conditions: list[Any] = [{"type": name, "values": given[name]} for name in (*LISTS, *WORDS) if given.get(name)]
    conditions += [_query_of(line) for line in (given.get("query") or "").splitlines() if line.strip()]
    since, until = given.get("since"), given.get("until")
    if since or until:
        conditions.append({"type": "dates", "from": _written(since), "until": _written(until)})
    rule = {"id": given.get("id"), "name": given.get("name", ""), "conditions": conditions + listed(given.get("other"))}
    filled = [variant for variant in variants if variant.get("target")]
    if len(filled) > 1:
        return rule | {"variants": [{"target": one["target"], "weight": one.get("weight") or 1} for one in filled]}
    return rule | {"target": filled[0]["target"] if filled else ""}


def listed(other: object) -> list[Any]:
    """The conditions without a field of their own, from the hidden field's text or value."""
    if isinstance(other, str):
        try:
            other = json.loads(other or "[]")
        except ValueError:
            other = []
    return other if isinstance(other, list) else []


def in_words(condition: object) -> str:
    """One condition as a person reads it; empty for what is none."""
    kind = condition.get("type") if isinstance(condition, Mapping) else None
    reader = CONDITIONS.get(kind) if isinstance(kind, str) else None
    try:
        return f"{kind}: {reader.read(condition).wanted()}" if reader else ""
    except ValueError:
        return ""


def _count(data: QueryDict, name: str, most: int) -> int:
    text = data.get(name, "0")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _sent_rule(data: QueryDict, prefix: str) -> Draft:
    fields: dict[str, Any] = {name: data.getlist(f"{prefix}-{name}") for name in LISTS}
    fields |= {name: data.get(f"{prefix}-{name}", "") for name in TEXTS}
    count = _count(data, f"{prefix}-targets", rules.MOST_VARIANTS)
    variants = [
        {name: data.get(f"{prefix}-to{number}-{name}", "") for name in ("target", "weight")} for number in range(count)
    ]
    return Draft(fields, variants or _one_target())


def _stored_rule(rule: Mapping[str, Any]) -> Draft:
    fields: dict[str, Any] = {"id": str(rule.get("id", "")), "name": rule.get("name", "")}
    queries: list[str] = []
    other: list[Any] = []
    for condition in rule.get("conditions", []):
        kind = condition.get("type")
        if kind == "query" and "=" not in condition["name"]:
            value = condition.get("value")
            queries.append(condition["name"] if value is None else f"{condition['name']}={value}")
        elif _fits(kind, condition, fields):
            fields |= _fields_of(kind, condition)
        else:
            other.append(condition)
    fields |= {"query": "\n".join(queries), "other": json.dumps(other) if other else ""}
    variants = [{"target": one["target"], "weight": one["weight"]} for one in rule.get("variants", [])]
    return Draft(fields, variants or [{"target": rule.get("target", ""), "weight": "1"}])


def _fits(kind: str, condition: Mapping[str, Any], taken: Mapping[str, Any]) -> bool:
    """Whether the condition can stand in the field of its kind without losing anything."""
    if kind == "dates":
        whole = all("." not in (condition.get(end) or "") for end in ("from", "until"))
        return whole and "since" not in taken
    return kind in (*LISTS, *WORDS) and kind not in taken and not any("," in value for value in condition["values"])


def _fields_of(kind: str, condition: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "dates":
        return {"since": _local(condition.get("from")), "until": _local(condition.get("until"))}
    return {kind: condition["values"] if kind in LISTS else ", ".join(condition["values"])}


def _local(text: str | None) -> str:
    return timezone.localtime(datetime.fromisoformat(text)).strftime(LOCAL) if text else ""


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _query_of(line: str) -> dict[str, Any]:
    name, mark, value = line.partition("=")
    return {"type": "query", "name": name.strip(), "value": value if mark else None}


def _moved(given: list[Draft], verb: str, index: int) -> list[Draft]:
    if verb == "remove":
        return [draft for place, draft in enumerate(given) if place != index]
    other = {"up": index - 1, "down": index + 1}.get(verb, index)
    if 0 <= other < len(given):
        given[index], given[other] = given[other], given[index]
    return given


def _with_targets(draft: Draft, verb: str, at: list[int]) -> Draft:
    variants = list(draft.variants)
    if verb == "add" and len(variants) < rules.MOST_VARIANTS:
        variants.append({"target": "", "weight": "1"})
    elif verb == "remove" and at and at[0] < len(variants) > 1:
        del variants[at[0]]
    return Draft(draft.fields, variants)
