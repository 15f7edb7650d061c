"""Links as files, CSV and JSON lines, in batches by key so that any number of them takes little memory.

What is written can be read again: an import of an export finds every link as it is. A password is not told (only that
there is one), nor is what moderators decided.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from portal.lib.times import rfc3339
from shortener.domain.importing import formulas
from shortener.models import Link
from shortener.models.links import LinkQuerySet
from shortener.selectors import finding, stats

BATCH = 1_000
FIELDS = (
    "id", "short_url", "domain", "slug", "target", "title", "tags", "notes", "state", "not_before", "expires_at",
    "expired_target", "redirect_status", "max_age", "max_visits", "is_open_without_counter", "forward_query",
    "forward_path", "preview", "is_indexed", "rules", "has_password", "external_id", "team", "people", "bots",
    "created_at", "updated_at",
)  # fmt: skip
KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


def lines(found: LinkQuerySet, kind: str) -> Iterator[str]:
    """The lines of a file of `found`, newest link first; `kind` is a key of KINDS."""
    return _csv(links_in_batches(found)) if kind == "csv" else _json_lines(links_in_batches(found))


def links_in_batches(found: LinkQuerySet) -> Iterator[dict[str, Any]]:
    """Each link as its exported fields. A link that is made or deleted meanwhile moves no other."""
    ordered, last = found.select_related("domain", "team").order_by("-pk"), None
    while True:
        batch = list((ordered if last is None else ordered.filter(pk__lt=last))[:BATCH])
        totals = stats.link_totals([link.pk for link in batch])
        for link in batch:
            yield _fields(link) | {"people": totals[link.pk].people, "bots": totals[link.pk].bots}
        if len(batch) < BATCH:
            return
        last = batch[-1].pk


def error_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table of rows at fault as lines of CSV; no cell is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
        yield _drained(buffer)


def _fields(link: Link) -> dict[str, Any]:
    computed: dict[str, Any] = {
        "id": link.public_id,
        "short_url": finding.short_url(link),
        "domain": link.domain.name,
        "team": link.team.slug,
        "has_password": bool(link.password_hash),
    }
    return {name: computed[name] if name in computed else _plain(getattr(link, name, None)) for name in FIELDS}


def _plain(value: Any) -> Any:
    return rfc3339(value) if isinstance(value, datetime) else value


def _json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(FIELDS)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(row[name]) for name in FIELDS])
        if number % BATCH == 0:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        is_tags = all(isinstance(item, str) for item in value)
        return formulas.escaped("|".join(value)) if is_tags else json.dumps(value)
    return formulas.escaped(value) if isinstance(value, str) else str(value)
