"""The rules of a link as they are stored: parsed by the domain, with every target in its canonical form."""

from collections.abc import Mapping, Sequence
from typing import Any

from shortener.domain import rules
from shortener.services import targets

NOWHERE = "https://invalid/"
"""Stands for a target that was refused while the rest of its rule is judged."""


def clean(raw: object, *, served: frozenset[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """The canonical list and all that is wrong with it, each error with the position of its rule.

    A rule without an id gets the next free one, so that a rule keeps its number while others come and go.
    """
    if not isinstance(raw, list):
        return [], ["Rules must be a list."] if raw is not None else []
    given = _numbered(raw) if len(raw) <= rules.MOST_RULES else raw
    errors: list[str] = []
    for position, rule in enumerate(given[: rules.MOST_RULES], start=1):
        if isinstance(rule, dict):
            errors += [f"Rule {position}: {error}" for error in _canonical(rule, served)]
    parsed, found = rules.parse(given)
    return rules.dump(parsed), [*found, *errors]


def targets_of(stored: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every target that a stored list of rules names."""
    return [
        str(place["target"])
        for rule in stored
        for place in (rule, *rule.get("variants", []))
        if isinstance(place, Mapping) and place.get("target")
    ]


def _numbered(raw: Sequence[object]) -> list[object]:
    """Copies of the rules, each of them with an id."""
    given = [_copied(rule) for rule in raw]
    taken = [rule["id"] for rule in given if isinstance(rule, dict) and isinstance(rule.get("id"), int)]
    free = max([number for number in taken if number <= rules.LARGEST_ID], default=0)
    for rule in given:
        if isinstance(rule, dict) and rule.get("id") is None:
            free += 1
            rule["id"] = free
    return given


def _copied(rule: object) -> object:
    if not isinstance(rule, Mapping):
        return rule
    variants = rule.get("variants")
    copies = [dict(one) if isinstance(one, Mapping) else one for one in variants] if isinstance(variants, list) else []
    return {**rule, **({"variants": copies} if copies else {})}


def _canonical(rule: dict[str, Any], served: frozenset[str]) -> list[str]:
    """Puts the canonical form of each target into `rule`; says what is wrong with them."""
    variants = rule.get("variants")
    places = [rule, *(one for one in variants if isinstance(one, dict))] if isinstance(variants, list) else [rule]
    errors = []
    for number, place in enumerate(places):
        text = place.get("target")
        if isinstance(text, str) and text:
            canonical, found = targets.check(text, served=served)
            place["target"] = NOWHERE if found else canonical
            errors += [f"variant {number}: {error}" if number else error for error in found]
    return errors
