"""What a reviewer would ask of a postmortem: findings are shown, and only the required ones hold up its publication."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from postmortems.domain import sections

VAGUE = re.compile(
    r"^\W*(improve|make (?:it )?better|investigate|look into|consider|think about|be more)\b", re.IGNORECASE
)
MANY = 3


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An action item as the check sees it."""

    title: str
    type: str
    has_owner: bool
    due_on: date | None
    priority: int
    ticket_url: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A postmortem as the check sees it."""

    texts: Mapping[str, str]
    impact_numbers: int
    items: Sequence[ItemFacts] = field(default_factory=tuple)
    no_items_reason: str = ""
    is_for_users: bool = True
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or weak. `is_required` ones must be mended before publication."""

    code: str
    text: str
    is_required: bool = False


def findings(facts: Facts, *, today: date) -> list[Finding]:
    """All findings, the required ones first."""
    found = [*_sections(facts), *_impact(facts), *_no_items(facts), *_items(facts.items), *_balance(facts)]
    if facts.due_on is not None and today > facts.due_on:
        found.append(Finding("late", f"It was due on {facts.due_on:%d %b %Y}."))
    return sorted(found, key=lambda finding: not finding.is_required)


def _sections(facts: Facts) -> Iterable[Finding]:
    for template in sections.TEMPLATES:
        text = facts.texts.get(template.key, "").strip()
        if template.is_required and not text:
            yield Finding("empty-section", f"{template.title} is empty.", is_required=True)
        if template.key == "summary" and len(re.split(r"\n\s*\n", text)) > 2:
            yield Finding("long-summary", "The summary has more than two paragraphs.")


def _impact(facts: Facts) -> Iterable[Finding]:
    if not facts.impact_numbers:
        yield Finding("impact-without-numbers", "The impact has no numbers: who, how many, how long?")


def _no_items(facts: Facts) -> Iterable[Finding]:
    if not facts.items and not facts.no_items_reason.strip():
        yield Finding(
            "no-action-items",
            "Nothing follows: add an action item, or say why doing nothing is right.",
            is_required=True,
        )


def _items(items: Sequence[ItemFacts]) -> Iterable[Finding]:
    for item in items:
        missing = [
            word
            for word, there in (("owner", item.has_owner), ("due date", item.due_on), ("ticket", item.ticket_url))
            if not there
        ]
        if missing:
            yield Finding("incomplete-item", f"'{item.title}' has no {' and no '.join(missing)}.")
        if VAGUE.match(item.title):
            yield Finding("vague-item", f"'{item.title}' does not say when it is done.")


def _balance(facts: Facts) -> Iterable[Finding]:
    items = facts.items
    if len(items) >= MANY and len({item.priority for item in items}) == 1:
        yield Finding("one-priority", "All items have the same priority: which one comes first?")
    if items and not any(item.type in ("prevent", "mitigate") for item in items):
        yield Finding("nothing-prevents", "No item prevents or mitigates a repeat.")
    if items and facts.is_for_users and not any(item.priority <= 1 for item in items):
        yield Finding("nothing-urgent", "Users were hit, and no item is P0 or P1.")
