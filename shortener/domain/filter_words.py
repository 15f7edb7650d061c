"""The words by which a list of links is narrowed, as they stand in an address and in saved filters."""

from collections.abc import Mapping
from typing import Any

NAMES = ("q", "state", "tag", "owner", "team", "domain", "created_from", "created_until", "sort")
LABELS = {
    "q": "search",
    "owner": "made by",
    "created_from": "made from",
    "created_until": "made before",
    "sort": "order",
}
LONGEST = 500


def clean(raw: Any) -> tuple[dict[str, str], list[str]]:
    """The words that narrow or order, in the order of NAMES, and all that is wrong with `raw`."""
    if not isinstance(raw, Mapping):
        return {}, ["Give an object of filter words."]
    found = [f"There is no filter {name}." for name in sorted(map(str, raw)) if name not in NAMES]
    words: dict[str, str] = {}
    for name in NAMES:
        value = raw.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST or "\0" in value or not _is_storable(value):
            found.append(f"{name}: give a text of at most {LONGEST} characters.")
        elif value.strip():
            words[name] = value.strip()
    return words, found


def told(words: Mapping[str, str]) -> list[str]:
    """The words as people read them, such as `made from: 2026-03-04`."""
    return [f"{LABELS.get(name, name)}: {value.replace('_', ' ')}" for name, value in words.items()]


def _is_storable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)
