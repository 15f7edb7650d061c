"""What differs between two states of a thing."""

from collections.abc import Mapping
from typing import Any

HIDDEN = ("password", "secret", "token", "digest", "signing_key")
MASK = "(hidden)"


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field name -> [before, after] for each field that differs; a missing side is None and a secret is masked."""
    names = [*after, *(name for name in before if name not in after)]
    return {
        name: _shown(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    }


def _shown(name: str, before: Any, after: Any) -> list[Any]:
    if any(word in name.lower() for word in HIDDEN):
        return [MASK if value else value for value in (before, after)]
    return [before, after]
