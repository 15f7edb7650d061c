"""Drafts of all rows of a text, as an import would make them."""

from datetime import UTC, datetime

from shortener.models import Domain
from shortener.services.importing import formats, rows
from shortener.services.importing.rows import Context, Draft

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def drafts(text: str, kind: str = "", with_visits: bool = True, **mapping: str) -> list[Draft]:
    form = formats.ALL[kind] if kind else formats.detect(text)
    table = form.read(text)
    domain = Domain(pk=1, name="go.example.com")
    mapped = form.guess(table.columns) | mapping
    served = frozenset({"go.example.com", "localhost"})
    context = Context(form, mapped, domain, {"s.test": domain}, served, (), with_visits, NOW)
    return [rows.draft_of(record, context) for record in table.records()]
