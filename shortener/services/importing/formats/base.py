"""What every format has: how it is recognised, which of its columns means what, and what it does to a row."""

from collections.abc import Iterable, Mapping
from typing import Any

from shortener.domain.importing import reading
from shortener.domain.importing.records import Table, normal

FIELDS = {
    "target": "Target",
    "slug": "Slug or short address",
    "domain": "Domain",
    "title": "Title",
    "tags": "Tags",
    "notes": "Notes",
    "created_at": "Created",
    "not_before": "Works from",
    "expires_at": "Works until",
    "expired_target": "After that, go to",
    "redirect_status": "Redirect status",
    "max_age": "Remembered for (seconds)",
    "max_visits": "Most visits",
    "is_open_without_counter": "Open without the counter",
    "forward_query": "Pass the query on",
    "forward_path": "Pass the path on",
    "preview": "Preview first",
    "is_indexed": "Shown to search engines",
    "rules": "Redirect rules (JSON)",
    "state": "State",
    "external_id": "External id",
    "source_id": "Id at the source",
    "visits": "Visits so far",
    "bot_visits": "Of these by bots",
    "days": "Visits by day (JSON)",
}
"""What a column may mean. A field that is not mapped keeps the value of a new link."""


class Format:
    """One source of files. `kind` is stored with the job and marks its imported visits; it never changes."""

    kind = ""
    label = ""
    hint = ""
    signatures: tuple[frozenset[str], ...] = ()
    """Sets of columns (as `normal` writes them); a file with all columns of one set is taken for this format."""
    aliases: Mapping[str, tuple[str, ...]] = {}
    """For each field the columns that hold it, the best one first."""
    needs_target = True
    """False where rows only add visits to links that exist."""

    def recognises(self, columns: Iterable[str]) -> bool:
        names = {normal(column) for column in columns}
        return any(signature <= names for signature in self.signatures)

    def read(self, text: str) -> Table:
        """The table of a file; raises Unreadable with a sentence."""
        return reading.table_of(text)

    def guess(self, columns: Iterable[str]) -> dict[str, str]:
        """Field -> column, for the columns that are known; each column serves one field."""
        by_name = {normal(column): column for column in columns}
        found: dict[str, str] = {}
        for field, names in self.aliases.items():
            column = next((by_name[name] for name in names if name in by_name), None)
            if column is not None and column not in found.values():
                found[field] = column
        return found

    def adapted(self, values: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
        """The mapped values of a row with what only this source means by them."""
        return values
