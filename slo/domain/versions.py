"""Shares of versions among instances, in exact arithmetic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

MOST = 5000
INSTANCE, VERSION = 200, 100


@dataclass(frozen=True, slots=True)
class Share:
    """How many of all instances run a version."""

    version: str
    instances: int
    ratio: Fraction


def shares(counts: Mapping[str, int]) -> list[Share]:
    """The share of each version, the largest first; the shares of some instances sum to exactly 1."""
    total = sum(counts.values())
    found = [Share(version, count, Fraction(count, total)) for version, count in counts.items() if count]
    return sorted(found, key=lambda share: (-share.instances, share.version))


def reported(given: Any) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The version of each instance in a list of {"instance", "version"}, and what is wrong with it by field.

    An instance that is named twice runs what is said last.
    """
    if not isinstance(given, list) or len(given) > MOST:
        return {}, {"instances": [f"Give a list of at most {MOST}."]}
    found: dict[str, str] = {}
    problems: dict[str, list[str]] = {}
    for number, item in enumerate(given):
        pair = item if isinstance(item, Mapping) else {}
        wrong = [
            name for name, most in (("instance", INSTANCE), ("version", VERSION)) if not _is_name(pair.get(name), most)
        ]
        problems |= {f"instances.{number}.{name}": ["Give a short plain text."] for name in wrong}
        if not wrong:
            found[pair["instance"].strip()] = pair["version"].strip()
    return found, problems


def counted(versions: Iterable[str]) -> dict[str, int]:
    """How often each version occurs, by name."""
    found: dict[str, int] = {}
    for version in sorted(versions):
        found[version] = found.get(version, 0) + 1
    return found


def _is_name(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= longest and value.isprintable()
