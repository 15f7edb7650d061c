"""Posting events to webhooks over the one safe client: no redirect is followed, no private address reached."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.lib import safe_http

TIMEOUT = 10.0
CHECK_TIMEOUT = 3.0
MAX_BYTES = 4_000


@dataclass(frozen=True, slots=True)
class Post:
    """One request to make."""

    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: a status, or an error of the way there; a repeat cannot help a `permanent` one."""

    status: int | None
    latency_ms: int
    error: str = ""
    body: bytes = b""
    permanent: bool = False


async def post(wanted: Post) -> Answer:
    """Sends one event and reads the beginning of the answer; never raises."""
    started = time.perf_counter()
    try:
        answer = await safe_http.arequest(
            "POST", wanted.url, headers=wanted.headers, body=wanted.body, timeout=TIMEOUT, max_bytes=MAX_BYTES
        )
    except safe_http.FetchError as error:
        return Answer(None, _since(started), error=error.reason, permanent=error.permanent)
    except Exception as error:  # one odd receiver must not stop the others
        return Answer(None, _since(started), error=f"The request broke: {type(error).__name__}.")
    return Answer(answer.status, _since(started), body=answer.body)


def refusal(url: str) -> str:
    """Why the portal would never post to `url`; empty when it may. A host that does not answer now may answer later."""
    try:
        asyncio.run(_checked(url))
    except safe_http.FetchError as error:
        return error.reason if error.permanent else ""
    except TimeoutError:
        return ""
    return ""


async def _checked(url: str) -> None:
    async with asyncio.timeout(CHECK_TIMEOUT):
        await safe_http.resolve(safe_http.check_url(url))


def _since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)
