"""Whether the portal's own web process answers: without it no ping can come in."""

from portal.lib import safe_http

TIMEOUT = 3.0
OK = 200


def is_open(url: str) -> bool | None:
    """Whether `url` answers well; None when it may not be asked, so that nothing is known."""
    try:
        return safe_http.request("GET", url, timeout=TIMEOUT, max_bytes=1000).status == OK
    except safe_http.FetchError as error:
        return None if error.permanent else False
