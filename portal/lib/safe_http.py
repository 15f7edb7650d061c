"""The ONE way out: every request that the portal sends on somebody's behalf goes through this client.

A URL must be http or https without credentials. Its host is resolved once, every address is checked, and the
connection goes to a checked address; redirects are not followed unless asked for, and each hop is checked again.
Time and size are capped.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractCookieJar, AbstractResolver, ResolveResult

from portal.lib import plain_http, stopwatches, tls_contexts
from portal.lib.safe_sockets import FetchError, Target, allowed, is_own, resolve, tls_reason
from portal.lib.stopwatches import Stopwatch

USER_AGENT = "sre-portal/0.1"
MAX_BYTES = 1_000_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SAME_METHOD = frozenset({307, 308})
CREDENTIALS = frozenset({"authorization", "cookie", "proxy-authorization"})

__all__ = ["FetchError", "Response", "Target", "Wire", "allowed", "arequest", "check_url", "request", "resolve"]


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
    redirects: int = 0


@dataclass(frozen=True, slots=True)
class Wire:
    """How a request travels: over which IP family (any, 4, 6), with which TLS context and cookies, on which watch.

    Headers named in `secret_headers` are credentials as well: another origin does not get them.
    """

    family: str = "any"
    tls: ssl.SSLContext | None = None
    cookies: AbstractCookieJar | None = None
    watch: Stopwatch = field(default_factory=Stopwatch)
    secret_headers: frozenset[str] = frozenset()


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
    wire: Wire | None = None,
) -> Response:
    """Sends one request and reads at most `max_bytes`; `timeout` seconds cap everything together, all hops included."""
    started, headers, wire = time.perf_counter(), headers or {}, wire or Wire()
    try:
        async with asyncio.timeout(timeout):
            for followed in range(max_redirects + 1):
                response = await _hop(method, url, headers, body, max_bytes, wire)
                location = response.headers.get("Location")
                if response.status not in REDIRECTS or not location or not max_redirects:
                    return replace(response, elapsed=time.perf_counter() - started, redirects=followed)
                if response.status not in SAME_METHOD and method not in {"GET", "HEAD"}:
                    method, body = "GET", None
                headers = headers_for(urljoin(url, location), headers, since=url, secret=wire.secret_headers)
                url = urljoin(url, location)
    except TimeoutError as error:
        raise FetchError(f"No answer within {timeout:g} s.", phase="response") from error
    raise FetchError(f"More than {max_redirects} redirects.", phase="response", permanent=True)


async def _hop(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, max_bytes: int, wire: Wire
) -> Response:
    wire.watch.begin("resolve")
    target = await resolve(check_url(url), wire.family)
    started = time.perf_counter()
    if body is None and wire.cookies is None and plain_http.is_plain(method, url, headers):
        return await _plain(method, target, headers, max_bytes, wire, started)
    token = stopwatches.current.set(wire.watch)
    try:
        async with (
            _session(target, wire) as session,
            session.request(
                method,
                url,
                allow_redirects=False,
                headers={"User-Agent": USER_AGENT, **headers},
                data=body,
                trace_request_ctx=wire.watch,
            ) as answer,
        ):
            wire.watch.begin("body")
            content, truncated = await _read(answer, max_bytes)
            elapsed = time.perf_counter() - started
            return Response(answer.status, answer.headers, content, elapsed, target.found[0], url, truncated)
    except aiohttp.ClientError as error:
        raise _explained(error, target) from error
    finally:
        stopwatches.current.reset(token)
        wire.watch.stop()


async def _plain(
    method: str, target: Target, headers: Mapping[str, str], max_bytes: int, wire: Wire, started: float
) -> Response:
    tls = (wire.tls or tls_contexts.context()) if target.url.startswith("https:") else None
    sent = {"User-Agent": USER_AGENT, **headers}
    try:
        found = await plain_http.ask(method, target, sent, max_bytes=max_bytes, watch=wire.watch, tls=tls)
    finally:
        wire.watch.stop()
    elapsed = time.perf_counter() - started
    return Response(found.status, found.headers, found.body, elapsed, target.found[0], target.url, found.is_cut)


def _session(target: Target, wire: Wire) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        resolver=PinnedResolver(target), force_close=True, use_dns_cache=False, ssl=wire.tls or True
    )
    return aiohttp.ClientSession(
        connector=connector, cookie_jar=wire.cookies, auto_decompress=True, trust_env=False, trace_configs=[TRACE]
    )


async def _connecting(_session: aiohttp.ClientSession, context: Any, _: Any) -> None:
    context.trace_request_ctx.begin("connect")


async def _connected(_session: aiohttp.ClientSession, context: Any, _: Any) -> None:
    context.trace_request_ctx.begin("send")


async def _sent(_session: aiohttp.ClientSession, context: Any, _: Any) -> None:
    context.trace_request_ctx.begin("wait")


def _trace() -> aiohttp.TraceConfig:
    trace = aiohttp.TraceConfig()
    trace.on_connection_create_start.append(_connecting)
    trace.on_connection_create_end.append(_connected)
    trace.on_request_headers_sent.append(_sent)
    return trace


TRACE = _trace()


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
            return FetchError(f"TLS with {where} failed: {_tls_reason(error)}.", phase="tls")
        case aiohttp.ClientConnectorError():
            reason = f"{where} could not be connected to: {error.os_error.strerror}."
            return FetchError(reason, phase="connect", own=is_own(error.os_error))
        case aiohttp.InvalidURL():
            return FetchError("The URL is malformed.", phase="url", permanent=True)
        case aiohttp.ServerDisconnectedError():
            return FetchError(f"{where} broke off without an answer.", phase="response")
        case aiohttp.ClientPayloadError():
            return FetchError(f"{where} broke off before the answer was complete.", phase="response")
        case _:
            return FetchError(f"{where} broke off: {type(error).__name__}.", phase="response")


def _tls_reason(error: aiohttp.ClientError) -> str:
    cause = error.__cause__
    return tls_reason(cause) if isinstance(cause, OSError) else str(error)


def headers_for(
    url: str, headers: Mapping[str, str], *, since: str, secret: frozenset[str] = frozenset()
) -> Mapping[str, str]:
    """What may be said to `url` after a redirect from `since`: another origin gets no credentials."""
    if urlsplit(url)[:2] == urlsplit(since)[:2]:
        return headers
    hidden = CREDENTIALS | {name.lower() for name in secret}
    return {name: value for name, value in headers.items() if name.lower() not in hidden}


def request(method: str, url: str, **options: Any) -> Response:
    """`arequest` for code that is not asynchronous; must not be called inside a running event loop."""
    return asyncio.run(arequest(method, url, **options))
