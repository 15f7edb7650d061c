"""Asking targets whether they answer, over the one safe client: HEAD first, GET where that is refused, no body kept.

Redirects are followed by hand, so that a hop to one of our own short links ends the check: it must count nothing.
"""

import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from portal.lib import safe_http

TIMEOUT = 15.0
MAX_BYTES = 1_000
MOST_HOPS = 6
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Checked:
    """The last answer, or why there was none; `is_private` when the portal may not go there at all."""

    status: int | None
    error: str = ""
    is_private: bool = False
    seconds: float = 0.0


async def check(url: str, *, agent: str, own: frozenset[str]) -> Checked:
    """Asks one target; never raises."""
    started = time.perf_counter()
    try:
        status = await _status(url, agent, own)
    except safe_http.FetchError as error:
        is_private = error.permanent and error.phase == "dns"
        return Checked(None, error.reason, is_private, time.perf_counter() - started)
    except Exception as error:  # one odd target must not stop the others
        return Checked(None, f"The request broke: {type(error).__name__}.", seconds=time.perf_counter() - started)
    return Checked(status, seconds=time.perf_counter() - started)


async def _status(url: str, agent: str, own: frozenset[str]) -> int:
    for _ in range(MOST_HOPS):
        status, location = await _asked(url, agent)
        if status not in REDIRECTS or not location:
            return status
        url = urljoin(url, location)
        if own & {(urlsplit(url).hostname or "").rstrip("."), urlsplit(url).netloc}:
            return status
    raise safe_http.FetchError(f"More than {MOST_HOPS - 1} redirects.", phase="response")


async def _asked(url: str, agent: str) -> tuple[int, str]:
    """The status and the place that a redirect names; what HEAD does not get is asked for with GET."""
    try:
        answer = await _sent("HEAD", url, agent)
    except safe_http.FetchError as error:
        if error.phase != "response":
            raise
        answer = await _sent("GET", url, agent)
    else:
        if answer.status >= 400:
            answer = await _sent("GET", url, agent)
    return answer.status, answer.headers.get("Location", "")


async def _sent(method: str, url: str, agent: str) -> safe_http.Response:
    headers = {"User-Agent": agent, "Accept": "*/*"}
    return await safe_http.arequest(method, url, headers=headers, timeout=TIMEOUT, max_bytes=MAX_BYTES)
