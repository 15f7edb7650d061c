"""The people in the JSON of a schedule: where each is named, and the same definition with other names."""

from collections.abc import Callable, Iterator
from typing import Any

from oncall.domain.json_fields import joined

Named = Iterator[tuple[str, str]]
Rename = Callable[[str, str], str]


def named(definition: Any) -> Named:
    """`(path, person)` of everybody in a sound definition, as often as somebody is named."""
    found: list[tuple[str, str]] = []

    def note(path: str, person: str) -> str:
        found.append((path, person))
        return person

    renamed(definition, note)
    yield from found


def renamed(definition: Any, rename: Rename) -> Any:
    """The definition with `rename(path, person)` in the place of each person; what is unsound stays as it is."""
    if not isinstance(definition, dict):
        return definition
    changed = dict(definition)
    for part, key in (("layers", "participants"), ("spans", "people"), ("temporary", "shifts")):
        if isinstance(definition.get(part), list):
            changed[part] = [
                _inside(item, key, f"{part}.{place}", rename) for place, item in enumerate(definition[part])
            ]
    return changed


def _inside(item: Any, key: str, path: str, rename: Rename) -> Any:
    if not isinstance(item, dict) or not isinstance(item.get(key), list):
        return item
    if key == "shifts":
        shifts = enumerate(item[key])
        return item | {key: [_inside(one, "people", f"{path}.{key}.{place}", rename) for place, one in shifts]}
    return item | {key: _texts(item[key], joined(path, key), rename)}


def _texts(value: Any, path: str, rename: Rename) -> Any:
    if isinstance(value, list):
        return [_texts(one, joined(path, str(place)), rename) for place, one in enumerate(value)]
    return rename(path, value) if isinstance(value, str) else value
