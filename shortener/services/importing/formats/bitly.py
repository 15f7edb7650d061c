"""Bitly: the JSON of `GET /v4/groups/{guid}/bitlinks`, pages one after the other, or a CSV of its links.

JSON: https://dev.bitly.com/api-reference/#getBitlinksByGroup (id, link, custom_bitlinks, long_url, title, tags,
created_at, archived). The headings of the CSV differ by plan and are matched by their words.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from shortener.domain.importing import reading, values
from shortener.domain.importing.records import Record, Table
from shortener.services.importing.formats.base import Format


class BitlyFormat(Format):
    """Each custom back half becomes a link of its own, because each of them is printed somewhere."""

    kind = "bitly"
    label = "Bitly"
    hint = "The JSON of its API (bitlinks of a group), or the CSV of its links."
    signatures = (
        frozenset({"longurl", "custombitlinks"}),
        frozenset({"longurl", "link", "archived"}),
        frozenset({"bitlink", "longurl"}),
    )
    aliases = {
        "target": ("longurl", "destination", "destinationurl", "originalurl"),
        "slug": ("link", "bitlink", "shortlink", "shorturl", "id", "bitlinkid"),
        "title": ("title", "linktitle"),
        "tags": ("tags",),
        "created_at": ("createdat", "created", "datecreated", "datecreatedutc", "creationdate"),
        "visits": ("engagements", "totalengagements", "clicks", "totalclicks", "linkclicks"),
    }

    def read(self, text: str) -> Table:
        table = reading.table_of(text)
        if "custom_bitlinks" not in table.columns:
            return table
        return Table(table.columns, lambda: _each_back_half(table), table.shape)

    def adapted(self, values_: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
        """An archived link goes on to redirect there, and here; a tag says where it was."""
        if values.boolean(cells.get("archived")):
            return values_ | {"tags": [*values.tags(values_.get("tags")), "archived"]}
        return values_


def _each_back_half(table: Table) -> Iterator[Record]:
    number = 0
    for record in table.records():
        given = values.text(record.cells.get("link")) or values.text(record.cells.get("id"))
        custom = record.cells.get("custom_bitlinks")
        others = [values.text(link) for link in (custom if isinstance(custom, list) else [])]
        addresses = {values.slug(link): link for link in (given, *others) if link} or {"": ""}
        for link in addresses.values():
            number += 1
            yield Record(number, {**record.cells, "link": link}, record.problem)
