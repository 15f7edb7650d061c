"""Fetching a calendar from its address, over the one safe client."""

from dataclasses import dataclass

from portal.lib import safe_http

TIMEOUT = 20.0
MAX_BYTES = 2_000_000
REDIRECTS = 5
OK, NOT_MODIFIED = 200, 304
LONGEST_TAG = 200


class CalendarUnreachable(Exception):
    """The calendar was not to be had; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`content` is None where it has not changed since `etag`."""

    content: bytes | None
    etag: str


def http_url(url: str) -> str:
    """The address with http in the place of webcal."""
    scheme, mark, rest = url.strip().partition("://")
    return f"https://{rest}" if mark and scheme.lower() in {"webcal", "webcals"} else url.strip()


def check(url: str) -> str:
    """Why the address cannot be used; empty when it can."""
    try:
        safe_http.check_url(http_url(url))
    except safe_http.FetchError as error:
        return error.reason
    return ""


def fetch(url: str, etag: str = "") -> Fetched:
    """What the address holds now."""
    headers = {"Accept": "text/calendar, */*;q=0.1"} | ({"If-None-Match": etag} if etag else {})
    options = {"headers": headers, "timeout": TIMEOUT, "max_bytes": MAX_BYTES, "max_redirects": REDIRECTS}
    try:
        answer = safe_http.request("GET", http_url(url), **options)
    except safe_http.FetchError as error:
        raise CalendarUnreachable(error.reason) from error
    if answer.status == NOT_MODIFIED and etag:
        return Fetched(None, etag)
    if answer.status != OK:
        raise CalendarUnreachable(f"It answered {answer.status}.")
    if answer.truncated:
        raise CalendarUnreachable("It is larger than 2 MB.")
    return Fetched(answer.body, str(answer.headers.get("ETag", ""))[:LONGEST_TAG])
