"""YOURLS: the CSV of its export plugins, a CSV of the table, or an SQL dump of `yourls_url` and `yourls_log`.

CSV source, target, hits: https://github.com/GautamGupta/YOURLS-Import-Export (fileio/csv.php). Tables:
https://github.com/YOURLS/YOURLS (includes/functions-install.php): url has keyword, url, title, timestamp, ip, clicks;
log has click_id, click_time, shorturl, referrer, user_agent, ip_address, country_code.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from shortener.domain.importing import reading, sql_dump, values
from shortener.domain.importing.records import Record, Table, Unreadable
from shortener.services.enrichment import client_of
from shortener.services.importing.formats.base import Format

LINK_COLUMNS = ("keyword", "url", "title", "timestamp", "ip", "clicks")
LOG_COLUMNS = ("click_id", "click_time", "shorturl", "referrer", "user_agent", "ip_address", "country_code")
SHOWN = ("keyword", "url", "title", "timestamp", "clicks", "days")
Days = dict[str, dict[str, list[int]]]


class YourlsFormat(Format):
    """A dump with the log gives visits by day; clicks that the log has lost stand on the day of creation."""

    kind = "yourls"
    label = "YOURLS"
    hint = "A dump of yourls_url and yourls_log (mysqldump), or the CSV of an export plugin. Times are taken for UTC."
    signatures = (frozenset({"keyword", "url", "clicks"}), frozenset({"source", "target", "hits"}))
    aliases = {
        "target": ("url", "target"),
        "slug": ("keyword", "source"),
        "title": ("title",),
        "created_at": ("timestamp",),
        "visits": ("clicks", "hits"),
        "days": ("days",),
    }

    def read(self, text: str) -> Table:
        if reading.shape_of(text) != "sql":
            return reading.table_of(text)
        links, days = _dumped(text)
        if not links:
            raise Unreadable("The dump holds no rows of yourls_url.")

        def records() -> Iterator[Record]:
            for number, cells in enumerate(links, start=1):
                yield Record(number, cells | {"days": json.dumps(days.get(values.text(cells["keyword"]), {}))})

        return Table(SHOWN, records, "sql")

    def adapted(self, values_: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
        """A title that only repeats the address says nothing."""
        return values_ | {"title": ""} if values_.get("title") == values_.get("target") else values_


def _dumped(text: str) -> tuple[list[dict[str, Any]], Days]:
    """The links of a dump, and their visits by keyword and day as [people, bots]."""
    links: list[dict[str, Any]] = []
    days: Days = {}
    for row in sql_dump.rows(text, {"url": LINK_COLUMNS, "log": LOG_COLUMNS}):
        if {"keyword", "url"} <= set(row.cells):
            links.append({name: row.cells.get(name) for name in SHOWN})
        elif {"click_time", "shorturl"} <= set(row.cells):
            day = (row.cells["click_time"] or "")[:10]
            is_bot = client_of(row.cells.get("user_agent") or "").is_bot
            days.setdefault(row.cells["shorturl"] or "", {}).setdefault(day, [0, 0])[is_bot] += 1
    return links, days
