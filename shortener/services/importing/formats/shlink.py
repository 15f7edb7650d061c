"""Shlink: the CSV that its web client exports, and the JSON of `GET /rest/v3/short-urls`, pages one after the other.

CSV columns createdAt, title, shortUrl, domain, shortCode, longUrl, tags (joined by |), visits:
https://github.com/shlinkio/shlink-web-component (src/short-urls/helpers/ExportShortUrlsBtn.tsx; older clients leave
domain and shortCode out). JSON: https://api-spec.shlink.io/ (dateCreated, meta.validSince, visitsSummary.nonBots).
"""

from collections.abc import Mapping
from typing import Any

from shortener.domain.importing import values as cells_as
from shortener.services.importing.formats.base import Format


class ShlinkFormat(Format):
    """A link whose visits are used up comes switched off, because bots counted there."""

    kind = "shlink"
    label = "Shlink"
    hint = "Short URLs, Export in the web client; or the JSON of its API. Visits by day: the format after this one."
    signatures = (frozenset({"createdat", "shorturl", "longurl", "visits"}), frozenset({"shortcode", "longurl"}))
    aliases = {
        "target": ("longurl", "defaultlongurl"),
        "slug": ("shortcode", "shorturl"),
        "title": ("title",),
        "tags": ("tags",),
        "created_at": ("datecreated", "createdat"),
        "not_before": ("metavalidsince", "validsince"),
        "expires_at": ("metavaliduntil", "validuntil"),
        "max_visits": ("metamaxvisits", "maxvisits"),
        "forward_query": ("forwardquery",),
        "is_indexed": ("crawlable",),
        "visits": ("visitssummarytotal", "visits", "visitscount"),
        "bot_visits": ("visitssummarybots",),
    }

    def adapted(self, values: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
        limit, used = cells_as.whole(values.get("max_visits")), cells_as.whole(values.get("visits")) or 0
        return values | {"state": "disabled"} if limit and used >= limit else values
