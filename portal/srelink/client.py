"""Talking to the portal's REST API: one token, one Idempotency-Key per write, and as many tries as are right."""

import json
import random
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.parse import urlencode

from portal.srelink.configuration import Configuration
from portal.srelink.failures import UNREACHABLE, Failure, refused

TRIES = 4
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
AGAIN = frozenset({429, 502, 503, 504})
IN_FLIGHT = "urn:sre-portal:problem:idempotency-in-flight"
BLOCK = 65_536
PAGE = 100
BROKEN_OFF = "The portal stopped in the middle of its answer"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: following one would send the token elsewhere."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Client:
    """`pause` sleeps; tests give their own."""

    def __init__(
        self, configuration: Configuration, *, timeout: float = 30, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.configuration, self.timeout, self.pause = configuration, timeout, pause
        self.opener = urllib.request.build_opener(_NoRedirects)

    def get(self, path: str, **query: Any) -> Any:
        return self._json("GET", path, query=query)

    def post(self, path: str, body: Any = None) -> Any:
        return self._json("POST", path, body=body if body is not None else {})

    def patch(self, path: str, body: Any) -> Any:
        return self._json("PATCH", path, body=body)

    def delete(self, path: str) -> None:
        self._json("DELETE", path)

    def items(self, path: str, *, limit: int | None = None, **query: Any) -> Iterator[Any]:
        """The items of all pages, at most `limit`."""
        cursor: str | None = None
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            page = self.get(path, **query, limit=size, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            left = None if left is None else left - len(page["items"])
            if cursor is None:
                return

    def upload(self, path: str, *, name: str, content: bytes, fields: Mapping[str, Any]) -> Any:
        """Posts a form with a file; a list among `fields` is sent value by value."""
        body, content_type = multipart(name, content, fields)
        with self._open("POST", path, body=body, content_type=content_type) as response:
            return _decoded(response)

    def download(self, path: str, file: IO[bytes], **query: Any) -> int:
        """Writes an answer into `file` as it comes; returns its bytes."""
        size = 0
        with self._open("GET", path, query=query) as response:
            try:
                while block := response.read(BLOCK):
                    file.write(block)
                    size += len(block)
            except (OSError, HTTPException) as error:
                raise Failure(f"{BROKEN_OFF}: {error}", code=UNREACHABLE) from error
            if response.length:
                raise Failure(f"{BROKEN_OFF}.", code=UNREACHABLE)
        return size

    def _json(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, body: Any = None) -> Any:
        raw = None if body is None else json.dumps(body).encode()
        with self._open(method, path, query=query, body=raw, content_type="application/json") as response:
            return _decoded(response)

    def _open(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        content_type: str = "",
    ) -> HTTPResponse:
        """The answer to a request, tried again while that can help: after failures of the network and of gateways, and
        when the portal says when to come back. A write has one Idempotency-Key over all its tries.
        """
        request = self._request(method, path, query, body, content_type)
        for number in range(1, TRIES + 1):
            wait = FIRST_PAUSE * 2 ** (number - 1) * random.uniform(0.75, 1.25)  # noqa: S311 (spreads tries, no secret)
            try:
                answer: HTTPResponse = self.opener.open(request, timeout=self.timeout)
            except urllib.error.HTTPError as error:
                problem = _problem(error)
                wait = _told_wait(error, wait)
                is_last = number == TRIES or wait > LONGEST_PAUSE
                if is_last or not (error.code in AGAIN or problem.get("type") == IN_FLIGHT):
                    raise refused(error.code, problem) from error
            except (OSError, HTTPException) as error:
                if number == TRIES:
                    raise Failure(self._unreachable(error), code=UNREACHABLE) from error
            else:
                return answer
            self.pause(wait)
        raise AssertionError("every try ends above")

    def _request(
        self, method: str, path: str, query: Mapping[str, Any] | None, body: bytes | None, content_type: str
    ) -> urllib.request.Request:
        asked = urlencode({name: value for name, value in (query or {}).items() if value not in (None, "")})
        url = f"{self.configuration.url}/api/v1/{path}" + (f"?{asked}" if asked else "")
        headers = {
            "Authorization": f"Bearer {self.configuration.token}",
            "Accept": "application/json",
            "User-Agent": "srelink/1",
        }
        if body is not None:
            headers["Content-Type"] = content_type
        if method == "POST":
            headers["Idempotency-Key"] = uuid.uuid4().hex
        return urllib.request.Request(url, data=body, method=method, headers=headers)  # noqa: S310 (clean_url: http, https)

    def _unreachable(self, error: Exception) -> str:
        reason = getattr(error, "reason", None) or error
        return f"The portal at {self.configuration.url} cannot be reached: {reason}"


def multipart(name: str, content: bytes, fields: Mapping[str, Any]) -> tuple[bytes, str]:
    """The body of a form with a file called `file`, and its content type."""
    mark = uuid.uuid4().hex
    parts: list[bytes] = []
    for field, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{_quoted(field)}"\r\n\r\n'
            parts += [head.encode(), str(one).encode(), b"\r\n"]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{_quoted(name)}"\r\n'
    parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content, f"\r\n--{mark}--\r\n".encode()]
    return b"".join(parts), f"multipart/form-data; boundary={mark}"


def _quoted(text: str) -> str:
    return text.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")


def _decoded(response: HTTPResponse) -> Any:
    raw = response.read()
    try:
        return json.loads(raw) if raw else None
    except ValueError as error:
        raise Failure("This is no answer of a portal; is the address right?", code=UNREACHABLE) from error


def _problem(error: urllib.error.HTTPError) -> dict[str, Any]:
    """The problem document of an answer; a short one of our own where there is none."""
    try:
        found = json.loads(error.read())
    except (OSError, ValueError, HTTPException):
        found = None
    return found if isinstance(found, dict) else {"detail": f"The portal answered {error.code} {error.reason}."}


def _told_wait(error: urllib.error.HTTPError, otherwise: float) -> float:
    told = error.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() and len(told) < 7 else otherwise
