"""Statistics as files: the table behind a graph, and the daily numbers of each link, streamed."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from portal.lib.times import Span, rfc3339
from shortener.domain import cells
from shortener.models import ClickDay, Link
from shortener.selectors import finding
from shortener.selectors.ranges import Range
from shortener.selectors.reports import Report
from shortener.selectors.subjects import Subject

CSV = "text/csv; charset=utf-8"
BUCKET_COLUMNS = ("start", "people", "bots", "visitors", "people_before")
FACET_COLUMNS = ("dimension", "value", "label", "people", "bots")
DAY_COLUMNS = ("day", "link", "short_url", "title", "team", "people", "bots", "visitors")
MOST_VALUES = 1000
CHUNK = 2000
MOST_KNOWN = 50_000
Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A way to write the daily numbers."""

    key: str
    content_type: str
    lines: Callable[[Iterable[Row]], Iterator[str]]


def bucket_rows(report: Report) -> Iterator[Row]:
    """One row for each bucket, with the people of the former period."""
    for own, old in zip(report.buckets, report.former, strict=True):
        yield rfc3339(own.start), own.clicks.people, own.clicks.bots, own.visitors, old.clicks.people


def facet_rows(report: Report) -> Iterator[Row]:
    """One row for each value of each dimension, those with the most people first."""
    for dimension, facet in report.facets.items():
        for row in facet.rows:
            yield dimension, row.value, row.label, row.clicks.people, row.clicks.bots


def daily_rows(actor: Actor, subject: Subject | None, span: Span) -> Iterator[Row]:
    """One row for each link and UTC day with clicks, by day; of all links that `actor` may see without a subject.

    Rows come from a cursor of the server, so that any number of them takes little memory here.
    """
    wanted: Any = subject.links if subject is not None else finding.links(actor).order_by().values("pk")
    last = (span.end - timedelta(microseconds=1)).date()
    days = ClickDay.objects.filter(link_id__in=wanted, day__gte=span.start.date(), day__lte=last)
    rows = days.order_by("day", "link_id").iterator(chunk_size=CHUNK)
    known: dict[int, Row] = {}
    while chunk := list(islice(rows, CHUNK)):
        _learn(known, {row.link_id for row in chunk})
        for row in chunk:
            yield row.day.isoformat(), *known[row.link_id], row.people, row.bots, row.visitors


def csv_lines(columns: Row, rows: Iterable[Row]) -> Iterator[str]:
    """CSV with a head; no cell is taken for a formula by a spreadsheet."""
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([cells.safe(cell) for cell in row])


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object in each line."""
    for row in rows:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n"


FILE_KINDS = {
    "csv": FileKind("csv", CSV, lambda rows: csv_lines(DAY_COLUMNS, rows)),
    "jsonl": FileKind("jsonl", "application/jsonl; charset=utf-8", lambda rows: json_lines(DAY_COLUMNS, rows)),
}


def file_kind(key: str) -> FileKind:
    """How to write a file; Invalid for a format that there is not."""
    if key not in FILE_KINDS:
        raise Invalid(fields={"format": ["Choose csv or jsonl."]})
    return FILE_KINDS[key]


def file_name(subject: Subject, chosen: Range, extension: str, *, what: str = "clicks") -> str:
    """`clicks-payments-20260301-20260304.csv`, of letters that every file system takes."""
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in subject.title)[:40].strip("-")
    span = f"{chosen.span.start:%Y%m%d}-{chosen.span.end - timedelta(microseconds=1):%Y%m%d}"
    return f"{what}-{name or subject.kind}-{span}.{extension}"


def _learn(known: dict[int, Row], ids: set[int]) -> None:
    if len(known) > MOST_KNOWN:
        known.clear()
    missing = Link.objects.select_related("domain", "team").filter(pk__in=ids - set(known))
    for link in missing:
        known[link.pk] = (link.public_id, finding.short_url(link), link.title, link.team.slug)


def _csv_line(row: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(row)
    return line.getvalue()
