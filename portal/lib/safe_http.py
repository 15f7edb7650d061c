"""The ONE way out: every request that the portal sends on somebody's behalf goes through this client.

A URL must be http or https without credentials. Its host is resolved once, every address is checked, and the
connection goes to a checked address; redirects are not followed unless asked for, and each hop is checked again.
Time and size are capped.
"""

import asyncio
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from django.conf import settings

from portal.lib import addresses

USER_AGENT = "sre-portal/0.1"
MAX_BYTES = 1_000_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SAME_METHOD = frozenset({307, 308})
CREDENTIALS = frozenset({"authorization", "cookie", "proxy-authorization"})


class FetchError(Exception):
    """Why no answer came. `phase` is url, dns, connect, tls or response; a repeat cannot help a `permanent` one."""

    def __init__(self, reason: str, *, phase: str, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.phase = phase
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: `elapsed` seconds to the last byte read, `address` the one connected to, `truncated` past the cap."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    elapsed: float
    address: str
    url: str
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that passed the checks, with the addresses that its host may be reached at."""

    url: str
    host: str
    port: int
    found: list[str] = field(default_factory=list)


def check_url(url: str) -> Target:
    """The parts of an acceptable URL; FetchError (url, permanent) names what is wrong with another."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(f"The URL is malformed: {error}.", phase="url", permanent=True) from error
    if parts.scheme not in {"http", "https"}:
        raise FetchError("Only http and https are allowed.", phase="url", permanent=True)
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise FetchError("The URL needs a host and must not carry credentials.", phase="url", permanent=True)
    return Target(url=url, host=parts.hostname, port=port)


def allowed(target: Target, resolved: list[str]) -> list[str]:
    """The resolved addresses that may be connected to; one forbidden address condemns the whole answer."""
    listed = addresses.is_listed(target.host, target.port, settings.PORTAL_PRIVATE_TARGETS)
    if listed or settings.PORTAL_ALLOW_PRIVATE_TARGETS:
        return resolved
    for address in resolved:
        if not addresses.is_public(address):
            raise FetchError(f"{target.host} leads to the private address {address}.", phase="dns", permanent=True)
    return resolved


async def resolve(target: Target) -> Target:
    """`target` with its checked addresses."""
    loop = asyncio.get_running_loop()
    try:
        answers = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise FetchError(f"{target.host} could not be resolved: {error}.", phase="dns") from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    return Target(target.url, target.host, target.port, allowed(target, found))


class PinnedResolver(AbstractResolver):
    """Hands aiohttp the addresses that were checked, and no others."""

    def __init__(self, target: Target) -> None:
        self.target = target

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self.target.found
        ]

    async def close(self) -> None:
        """Nothing is held open."""


async def arequest(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = 10.0,
    max_bytes: int = MAX_BYTES,
    max_redirects: int = 0,
) -> Response:
    """Sends one request and reads at most `max_bytes`; `timeout` seconds cap everything together, all hops included."""
    started = time.perf_counter()
    try:
        async with asyncio.timeout(timeout):
            for _ in range(max_redirects + 1):
                response = await _hop(method, url, headers or {}, body, max_bytes, started)
                location = response.headers.get("Location")
                if response.status not in REDIRECTS or not location or not max_redirects:
                    return response
                if response.status not in SAME_METHOD and method not in {"GET", "HEAD"}:
                    method, body = "GET", None
                headers = headers_for(urljoin(url, location), headers or {}, since=url)
                url = urljoin(url, location)
    except TimeoutError as error:
        raise FetchError(f"No answer within {timeout:g} s.", phase="response") from error
    raise FetchError(f"More than {max_redirects} redirects.", phase="response", permanent=True)


async def _hop(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, max_bytes: int, started: float
) -> Response:
    target = await resolve(check_url(url))
    connector = aiohttp.TCPConnector(resolver=PinnedResolver(target), force_close=True, use_dns_cache=False)
    options: dict[str, Any] = {"allow_redirects": False, "headers": {"User-Agent": USER_AGENT, **headers}, "data": body}
    try:
        async with (
            aiohttp.ClientSession(connector=connector, auto_decompress=True, trust_env=False) as session,
            session.request(method, url, **options) as answer,
        ):
            content, truncated = await _read(answer, max_bytes)
            return Response(
                status=answer.status,
                headers=answer.headers,
                body=content,
                elapsed=time.perf_counter() - started,
                address=target.found[0],
                url=url,
                truncated=truncated,
            )
    except aiohttp.ClientError as error:
        raise _explained(error, target) from error


async def _read(answer: aiohttp.ClientResponse, max_bytes: int) -> tuple[bytes, bool]:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(65_536):
        content += chunk
        if len(content) > max_bytes:
            return bytes(content[:max_bytes]), True
    return bytes(content), False


def _explained(error: aiohttp.ClientError, target: Target) -> FetchError:
    where = f"{target.host}:{target.port}"
    match error:
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return FetchError(f"TLS with {where} failed: {error}.", phase="tls")
        case aiohttp.ClientConnectorError():
            return FetchError(f"{where} could not be connected to: {error.os_error.strerror}.", phase="connect")
        case aiohttp.InvalidURL():
            return FetchError("The URL is malformed.", phase="url", permanent=True)
        case _:
            return FetchError(f"{where} broke off: {type(error).__name__}.", phase="response")


def headers_for(url: str, headers: Mapping[str, str], *, since: str) -> Mapping[str, str]:
    """What may be said to `url` after a redirect from `since`: another origin gets no credentials."""
    if urlsplit(url)[:2] == urlsplit(since)[:2]:
        return headers
    return {name: value for name, value in headers.items() if name.lower() not in CREDENTIALS}


def request(method: str, url: str, **options: Any) -> Response:
    """`arequest` for code that is not asynchronous; must not be called inside a running event loop."""
    return asyncio.run(arequest(method, url, **options))
