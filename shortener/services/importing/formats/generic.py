"""Any CSV or JSON with a column of addresses: the usual names of columns, of Dub, Short.io and Rebrandly as well."""

from shortener.services.importing.formats.base import Format


class GenericFormat(Format):
    """The last resort: recognises nothing by itself."""

    kind = "csv"
    label = "Any CSV or JSON"
    hint = "One link per row with a header line. The columns are guessed; correct them in the preview."
    aliases = {
        "target": (
            "target", "longurl", "url", "destination", "destinationurl", "originalurl", "targeturl", "long", "column1",
        ),
        "slug": (
            "slug", "shortcode", "keyword", "alias", "backhalf", "key", "slashtag", "path", "shorturl", "shortlink",
            "short", "link", "code", "address", "source", "column2",
        ),
        "title": ("title", "name", "label", "column3"),
        "tags": ("tags", "tag", "labels", "folder"),
        "notes": ("notes", "note", "description", "comment", "comments"),
        "created_at": ("createdat", "created", "datecreated", "creationdate", "timestamp", "date"),
        "not_before": ("notbefore", "validsince", "startsat", "activefrom"),
        "expires_at": ("expiresat", "expires", "expiry", "expirationdate", "validuntil", "expirein"),
        "expired_target": ("expiredtarget", "expiredurl", "expirationurl"),
        "redirect_status": ("redirectstatus", "statuscode", "redirecttype"),
        "max_visits": ("maxvisits", "maxclicks", "clickslimit", "visitlimit"),
        "external_id": ("externalid",),
        "visits": ("visits", "clicks", "hits", "totalclicks", "visitcount", "engagements"),
    }  # fmt: skip
