"""Our own export, CSV and JSON lines: every column has the name of its field, and the domain comes from the file.

Clicks are left out unless they are mapped by hand: where the link itself exists, they are counted already.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from shortener.domain.importing import formulas, reading
from shortener.domain.importing import values as cells_as
from shortener.domain.importing.records import Record, Table
from shortener.services.importing.formats.base import FIELDS, Format

NOT_OURS = {"source_id", "visits", "bot_visits", "days"}


class OwnFormat(Format):
    """What the CSV escaped against spreadsheets is restored."""

    kind = "portal"
    label = "This portal"
    hint = "The export of a portal, CSV or JSON lines; links keep their domain where it exists here."
    signatures = (frozenset({"shorturl", "target", "slug", "domain", "redirectstatus"}),)
    aliases = {name: (name.replace("_", ""),) for name in FIELDS if name not in NOT_OURS}

    def read(self, text: str) -> Table:
        table = reading.table_of(text)
        if table.shape != "csv":
            return table
        return Table(table.columns, lambda: _restored(table), table.shape)

    def adapted(self, values: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
        """A state that only moderators give comes as active; the ban itself stays where it was spoken."""
        state = cells_as.text(values.get("state"))
        return values if state in {"", "active", "disabled"} else values | {"state": "active"}


def _restored(table: Table) -> Iterator[Record]:
    for record in table.records():
        cells = {name: formulas.restored(cell) for name, cell in record.cells.items()}
        yield Record(record.line, cells, record.problem)
