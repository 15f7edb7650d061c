"""Releases: the stages they go through, what came with them, and what of it is refused."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

AHEAD = timedelta(minutes=5)
"""How far the clock of a sender may be ahead of ours."""

MOST_CHANGES = 500
COMMIT, TITLE = 64, 200
STAGES: Mapping[str, Sequence[tuple[str, Decimal]]] = {
    "direct": [("all at once", Decimal(1))],
    "canary": [
        ("canary 1 %", Decimal("0.01")),
        ("canary 10 %", Decimal("0.1")),
        ("canary 50 %", Decimal("0.5")),
        ("everybody", Decimal(1)),
    ],
    "blue_green": [("green is up, nobody is on it", Decimal(0)), ("switched to green", Decimal(1))],
    "flag": [
        ("deployed behind the flag", Decimal(0)),
        ("flag on for 10 %", Decimal("0.1")),
        ("flag on for all", Decimal(1)),
    ],
}
CLOSED = frozenset({"failed", "rolled_back"})


def next_stage(strategy: str, ratio: Decimal) -> tuple[str, Decimal] | None:
    """The next stage of a strategy for a release that `ratio` of all have; None when everybody has it."""
    return next(((name, share) for name, share in STAGES[strategy] if share > ratio), None)


def stage_name(strategy: str, ratio: Decimal) -> str:
    """What a strategy calls the stage of `ratio`; the share itself when it knows none."""
    known = {share: name for name, share in STAGES[strategy]}
    return known.get(ratio) or f"{(ratio * 100).normalize():f} % rolled out"


def wrong_ratio(ratio: Decimal) -> str:
    """What is wrong with a share that is rolled out; empty when nothing is."""
    if not 0 <= ratio <= 1:
        return "Give a percentage from 0 to 100."
    return "" if ratio == round(ratio, 4) else "Give a percentage with at most two decimals."


def wrong_times(started_at: datetime, finished_at: datetime | None, now: datetime) -> dict[str, list[str]]:
    """What is wrong with when a release began and ended, by field."""
    problems = {}
    if started_at > now + AHEAD:
        problems["started_at"] = ["A release lies in the past."]
    if finished_at is not None and finished_at < started_at:
        problems["finished_at"] = ["It ends after it began."]
    elif finished_at is not None and finished_at > now + AHEAD:
        problems["finished_at"] = ["It lies in the past; leave it out while it is running."]
    return problems


def wrong_choices(facts: Mapping[str, Any], offered: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, list[str]]:
    """What was chosen that is not offered, by field."""
    keys = {name: [key for key, _ in choices] for name, choices in offered.items() if name in facts}
    wrong = {name: known for name, known in keys.items() if facts[name] not in known}
    return {name: [f"Choose one of {', '.join(known)}."] for name, known in wrong.items()}


def changes_of(given: Any) -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """The list of changes with times in UTC, and what is wrong with it, by `changes.<number>`."""
    if not isinstance(given, list) or len(given) > MOST_CHANGES:
        return [], {"changes": [f"Give a list of at most {MOST_CHANGES}."]}
    problems: dict[str, list[str]] = {}
    found = [_change(f"changes.{number}", item, problems) for number, item in enumerate(given)]
    return [item for item in found if item], problems


def _change(path: str, item: Any, problems: dict[str, list[str]]) -> dict[str, str]:
    if not isinstance(item, Mapping):
        problems[path] = ["Give an object with `commit` and `committed_at`."]
        return {}
    at = instant_of(item.get("committed_at"))
    if at is None:
        problems[f"{path}.committed_at"] = ["Give a time with its zone, such as 2026-03-04T11:00:00Z."]
    for name, longest in (("commit", COMMIT), ("title", TITLE)):
        value = item.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            problems[f"{path}.{name}"] = [f"Give at most {longest} characters."]
    if at is None or any(name.startswith(f"{path}.") for name in problems):
        return {}
    return {"commit": item.get("commit", ""), "committed_at": at.isoformat(), "title": item.get("title", "")}


def instant_of(value: Any) -> datetime | None:
    """The UTC instant of an ISO 8601 text with a zone; None for anything else."""
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (TypeError, ValueError, OverflowError):
        return None
