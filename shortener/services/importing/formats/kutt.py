"""Kutt: the JSON of `GET /api/v2/links`, pages one after the other, or a CSV of its table `links`.

JSON: https://docs.kutt.it and https://github.com/thedevs-network/kutt (server/utils, sanitize.link): address, banned,
created_at, description, expire_in, id, link, password (whether there is one), target, visit_count.
"""

from collections.abc import Mapping
from typing import Any

from shortener.domain.importing import values
from shortener.services.importing.formats.base import Format

PROTECTED = "Had a password at Kutt, which cannot be read: give it a new one, then switch it on."
OPEN = frozenset({"", "false", "f", "0", "null", "\\n"})


class KuttFormat(Format):
    """A link with a password, and one that was banned, comes switched off: it must not be open by accident."""

    kind = "kutt"
    label = "Kutt"
    hint = "The JSON of its API (/api/v2/links), or a CSV of its table of links."
    signatures = (frozenset({"address", "target", "visitcount"}), frozenset({"address", "target", "createdat"}))
    aliases = {
        "target": ("target",),
        "slug": ("address", "link"),
        "title": ("description",),
        "created_at": ("createdat",),
        "expires_at": ("expirein",),
        "source_id": ("uuid", "id"),
        "visits": ("visitcount",),
    }

    def adapted(self, values_: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
        if values.text(cells.get("password")).lower() not in OPEN:
            return values_ | {"state": "disabled", "notes": PROTECTED}
        if values.boolean(cells.get("banned")):
            return values_ | {"state": "disabled"}
        return values_
