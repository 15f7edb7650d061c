"""Where a redirect leads: the stored target, and what of the visitor's own query and path may be added to it.

Query: the visitor's pairs stand behind the target's own, in their order and spelling; a name that the target already
has is left out, so that no visitor replaces what the owner stored. Path: what follows the slug is appended to the
target's path, segment by segment; a segment that climbs (`..`), hides a slash or is no UTF-8 refuses the whole request.
"""

from urllib.parse import quote, unquote_to_bytes

_SEGMENT_SAFE = "!$&'()*+,;=:@~-._"


def header_safe(url: str) -> str:
    """`url` with everything that must not stand in a header percent-encoded; what is encoded already stays."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._|^`{}", errors="replace")


def merged_query(target: str, query: str) -> str:
    """`target` with the visitor's query pairs behind its own; a name that the target already has is left out.

    So no visitor can replace what the link's owner stored. Order and spelling are kept, the fragment stays last.
    """
    base, hash_mark, fragment = target.partition("#")
    path, _, stored = base.partition("?")
    names = {pair.partition("=")[0] for pair in stored.split("&")}
    added = [pair for pair in query.split("&") if pair and pair.partition("=")[0] not in names]
    pairs = ([stored] if stored else []) + [header_safe(pair) for pair in added]
    return path + ("?" + "&".join(pairs) if pairs else "") + hash_mark + fragment


def joined_path(target: str, rest: str) -> str:
    """`target` with a path that `clean_rest` has passed appended to its own; query and fragment stay behind it."""
    if not rest:
        return target
    base, hash_mark, fragment = target.partition("#")
    path, question_mark, stored = base.partition("?")
    return f"{path.rstrip('/')}/{rest}{question_mark}{stored}{hash_mark}{fragment}"


def clean_rest(raw: str) -> str | None:
    """What follows the slug, as it may be appended to a target: each segment decoded once and encoded again.

    None if a segment is or hides `.`, `..`, a slash, a backslash or a control character, also when encoded twice, or
    is no UTF-8. Empty segments are dropped, a slash at the end is kept.
    """
    segments = [_segment(part) for part in raw.split("/") if part]
    if None in segments:
        return None
    clean = "/".join(quote(segment or "", safe=_SEGMENT_SAFE) for segment in segments)
    return f"{clean}/" if clean and raw.endswith("/") else clean


def _segment(part: str) -> str | None:
    try:
        once = unquote_to_bytes(part).decode()
        twice = unquote_to_bytes(once).decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    if any(text in {".", ".."} or "/" in text or "\\" in text or not text.isprintable() for text in (once, twice)):
        return None
    return once


def portal_location(
    *, portal_url: str, domain: str, slug: str, rest: str = "", query: str = "", suffix: str = ""
) -> str:
    """Where the portal shows the page of a link that needs one, with the path and query that matter afterwards."""
    path = f"{quote(domain, safe='')}/{quote(slug, safe='')}{suffix}" + (f"/{rest}" if rest else "")
    return f"{portal_url}/go/{path}" + (f"?{header_safe(query)}" if query else "")
