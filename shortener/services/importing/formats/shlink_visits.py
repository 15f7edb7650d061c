"""Shlink's visits: the CSV that its web client exports on a page of visits; daily numbers for links that exist here.

Columns browser, city, country, date, os, potentialBot, referer, userAgent, visitedUrl (since Shlink 4.1) and more:
https://github.com/shlinkio/shlink-web-component (src/visits/types, NormalizedVisit); the same from
`short-url:visits --format=csv` (https://github.com/shlinkio/shlink/pull/2562).
"""

import json
from collections.abc import Iterator
from datetime import date

from shortener.domain.importing import reading, values
from shortener.domain.importing.records import Record, Table, Unreadable
from shortener.services.enrichment import client_of
from shortener.services.importing.formats.base import Format

ADDRESS = ("visitedUrl", "Visited URL", "shortUrl")
BOT = ("potentialBot", "Potential bot")
TRUE = frozenset({"true", "1", "yes", "potential bot"})


class ShlinkVisitsFormat(Format):
    """A visit per row becomes a record per link with its visits by day."""

    kind = "shlink_visits"
    label = "Shlink: visits"
    hint = (
        "Import the links first. Visits, Export in the web client; needs the column visitedUrl (Shlink 4.1 or newer)."
    )
    signatures = (frozenset({"visitedurl", "date", "referer"}), frozenset({"visitedurl", "date", "useragent"}))
    aliases = {"slug": ("slug",), "days": ("days",)}
    needs_target = False

    def read(self, text: str) -> Table:
        table = reading.table_of(text)
        address = next((name for name in ADDRESS if name in table.columns), None)
        if address is None or "date" not in {column.lower() for column in table.columns}:
            raise Unreadable("The columns date and visitedUrl are missing: without them no visit has a link.")
        found = _by_link(table, address)

        def records() -> Iterator[Record]:
            for number, (slug, days) in enumerate(found.items(), start=1):
                yield Record(number, {"slug": slug, "days": json.dumps(days)})

        return Table(("slug", "days"), records, table.shape)


def _by_link(table: Table, address: str) -> dict[str, dict[str, list[int]]]:
    """Short address -> day -> [people, bots]; visits without an address or a time are orphans and left out."""
    bot = next((name for name in BOT if name in table.columns), "")
    when = next(column for column in table.columns if column.lower() == "date")
    found: dict[str, dict[str, list[int]]] = {}
    for record in table.records():
        slug, day = values.slug(record.cells.get(address)), _day(record, when)
        if slug and day:
            told = values.text(record.cells.get(bot)).lower() in TRUE
            is_bot = told or client_of(values.text(record.cells.get("userAgent")) or "Mozilla").is_bot
            found.setdefault(slug, {}).setdefault(day.isoformat(), [0, 0])[is_bot] += 1
    return found


def _day(record: Record, when: str) -> date | None:
    return values.day(record.cells.get(when))
