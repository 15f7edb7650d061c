"""From a record of a file to the draft of a link: every field read, cleaned by the rules of links, all errors told."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shortener.domain import slugs
from shortener.domain.importing import values as cells_as
from shortener.domain.importing.records import Record
from shortener.exceptions import InvalidLink
from shortener.models import Domain
from shortener.services import fields
from shortener.services.importing.formats import Format

Errors = dict[str, list[str]]
Days = dict[date, tuple[int, int]]
NO_TIME = "This is no date and time; write it like 2026-03-04T12:00:00Z."
FIRST_YEAR = 1991
MOST_VISITS = 10**12
NO_NUMBER = "This is no whole number."


def _visits(cell: Any) -> int | None:
    found = cells_as.whole(cell)
    return found if found is not None and found <= MOST_VISITS else None


READERS: dict[str, tuple[Callable[[Any], Any], str]] = {
    **dict.fromkeys(("created_at", "not_before", "expires_at"), (cells_as.instant, NO_TIME)),
    **dict.fromkeys(("redirect_status", "max_age", "max_visits"), (cells_as.whole, NO_NUMBER)),
    **dict.fromkeys(("visits", "bot_visits"), (_visits, NO_NUMBER)),
    **dict.fromkeys(
        ("forward_query", "forward_path", "preview", "is_indexed", "is_open_without_counter"),
        (cells_as.boolean, "Say true or false."),
    ),
    "tags": (cells_as.tags, ""),
    "rules": (cells_as.rules, ""),
    "slug": (cells_as.slug, ""),
    "domain": (cells_as.host, ""),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What all rows of a job share; `domains` are those that its author may use, by name."""

    form: Format
    mapping: Mapping[str, str]
    domain: Domain
    domains: Mapping[str, Domain]
    served: frozenset[str]
    add_tags: tuple[str, ...]
    with_visits: bool
    now: datetime


@dataclass(slots=True)
class Draft:
    """A row as it would be stored. `given` are the fields that the file has, `cleaned` their columns."""

    line: int
    cells: Mapping[str, Any]
    domain: Domain
    slug: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    cleaned: dict[str, Any] = field(default_factory=dict)
    source_id: str = ""
    created_at: datetime | None = None
    days: Days = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)

    @property
    def target(self) -> str:
        return str(self.cleaned.get("target", self.given.get("target", "")))


def draft_of(record: Record, context: Context) -> Draft:
    """The draft of one record; nothing is raised, `errors` says what is wrong.

    Visits that come along count towards the most visits of the link; of those left behind, the rest is left.
    """
    draft = Draft(record.line, record.cells, context.domain)
    if record.problem:
        draft.errors = {"row": [record.problem]}
        return draft
    mapped = {name: record.cells.get(column) for name, column in context.mapping.items()}
    read, draft.errors = _read(context.form.adapted(mapped, record.cells))
    draft.slug = read.pop("slug", "")
    draft.source_id = cells_as.text(read.pop("source_id", ""))[:150]
    draft.created_at = _past(read.pop("created_at", None), context.now)
    draft.domain = _domain(read.pop("domain", ""), draft, context)
    days, visits, bots = read.pop("days", ""), read.pop("visits", 0), read.pop("bot_visits", 0)
    if context.with_visits:
        draft.days = _days(days, visits, bots, draft.created_at or context.now)
    elif read.get("max_visits"):
        read["max_visits"] = max(1, read["max_visits"] - max(0, visits - bots))
    if context.add_tags:
        read["tags"] = list(dict.fromkeys([*read.get("tags", []), *context.add_tags]))
    draft.given = _fitted(read)
    _clean(draft, context)
    return draft


def external_id(draft: Draft, form: Format) -> str | None:
    """The name under which the row is found again: its own, that of its source, or without a slug one of its target."""
    if own := draft.given.get("external_id"):
        return str(own)
    if draft.source_id:
        return f"import:{form.kind}:{draft.source_id}"
    if draft.slug or not draft.target:
        return None
    return f"import:{form.kind}:{hashlib.sha256(draft.target.encode()).hexdigest()[:24]}"


def _read(mapped: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
    """The values of the cells that are not empty, and the errors of those that cannot be read."""
    read: dict[str, Any] = {}
    errors: Errors = {}
    for name, cell in mapped.items():
        if cells_as.text(cell) == "" or cell == []:
            continue
        reader, complaint = READERS.get(name, (cells_as.text, ""))
        value = reader(cell)
        if value is None:
            errors[name] = [complaint]
        else:
            read[name] = value
    return read, errors


def _fitted(read: dict[str, Any]) -> dict[str, Any]:
    """A title that is too long is cut, and stands whole in the notes: others allow thousands of characters."""
    title = read.get("title", "")
    if len(title) <= fields.MAX_TITLE:
        return read
    notes = "\n".join(filter(None, [read.get("notes", ""), title]))
    return read | {"title": f"{title[: fields.MAX_TITLE - 1].rstrip()}\u2026", "notes": notes}


def _clean(draft: Draft, context: Context) -> None:
    """Runs the rules of links over the draft and keeps all errors."""
    wrong_slug = slugs.problems(draft.slug) if draft.slug else []
    if not context.form.needs_target:
        draft.errors |= {"slug": wrong_slug or ["Give the slug of a link."]} if wrong_slug or not draft.slug else {}
        return
    try:
        draft.cleaned = fields.clean(draft.given, extra=draft.errors | {"slug": wrong_slug}, served=context.served)
    except InvalidLink as error:
        draft.errors = error.fields


def _domain(name: str, draft: Draft, context: Context) -> Domain:
    found = context.domains.get(name, context.domain) if name else context.domain
    if name and name not in context.domains:
        draft.errors["domain"] = [f"There is no domain {name[:80]} here, or your teams may not use it."]
    return found


def _past(at: datetime | None, now: datetime) -> datetime | None:
    """A creation in the future is none, nor is one before there were links."""
    return at if at is not None and at.year >= FIRST_YEAR and at <= now else None


def _days(days: str, visits: int, bots: int, at: datetime) -> Days:
    """Visits by day as (people, bots); what a total has beyond the days stands on the day of `at`."""
    found: Days = {}
    told = cells_as.rules(days) if days else {}
    for text, pair in told.items() if isinstance(told, dict) else ():
        day, (people, by_bots) = cells_as.day(text), _pair(pair)
        if day and people + by_bots:
            found[day] = (people, by_bots)
    rest = visits - sum(people + by_bots for people, by_bots in found.values())
    if rest > 0:
        people, by_bots = found.get(at.date(), (0, 0))
        rest_bots = min(bots, rest)
        found[at.date()] = (people + rest - rest_bots, by_bots + rest_bots)
    return found


def _pair(value: Any) -> tuple[int, int]:
    people, bots = value if isinstance(value, list) and len(value) == 2 else (value, 0)
    return _visits(people) or 0, _visits(bots) or 0
