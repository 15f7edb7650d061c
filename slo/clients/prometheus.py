"""Prometheus' HTTP API, over the safe client: raw samples of selectors, values of expressions, and a test."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from portal.lib import safe_http, tls_contexts
from slo.domain.counters import STALE, Samples
from slo.domain.prometheus import Ask, Values
from slo.domain.windows import MINUTE

MAX_BYTES = 8_000_000
LARGEST = 10**15
AT_ONCE = 20
AT_ONCE_PER_SERVER = 4
SECOND = timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OK, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 200, 400, 401, 403, 404
Series = list[Samples] | list[Values]


class PrometheusError(Exception):
    """Why there is no answer. `is_down` tells that the server as a whole does not answer, `permanent` that a repeat
    of the same question cannot help."""

    def __init__(self, reason: str, *, is_down: bool = False, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_down = is_down
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Access:
    """How a server is reached; `headers` are those of its sign-in."""

    url: str
    timeout: timedelta
    verify_tls: bool = True
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """The asks for one span of one SLI."""

    access: Access
    asks: Mapping[str, Ask]
    start: datetime
    end: datetime


Answer = dict[str, Series] | PrometheusError


def read(requests: Sequence[Request]) -> list[Answer]:
    """The answers in order, some at once, few of them at one server; a server that is found down is asked no more."""
    return asyncio.run(_read(requests)) if requests else []


def version(access: Access) -> str:
    """The version that the server tells of itself, empty when it tells none but answers queries. PrometheusError."""
    asyncio.run(_get(access, "query", {"query": "vector(1)"}))
    try:
        data = asyncio.run(_get(access, "status/buildinfo", {}))
    except PrometheusError:
        return ""
    found = data.get("version") if isinstance(data, dict) else None
    return found[:40] if isinstance(found, str) else ""


async def _read(requests: Sequence[Request]) -> list[Answer]:
    everywhere = asyncio.Semaphore(AT_ONCE)
    servers: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE_PER_SERVER))
    down: dict[str, PrometheusError] = {}

    async def one(request: Request) -> Answer:
        async with servers[request.access.url], everywhere:
            if request.access.url in down:
                return down[request.access.url]
            try:
                return {name: await _ask(request, ask) for name, ask in request.asks.items()}
            except PrometheusError as error:
                if error.is_down:
                    down[request.access.url] = error
                return error

    return list(await asyncio.gather(*(one(request) for request in requests)))


async def _ask(request: Request, ask: Ask) -> Series:
    span = (request.end - request.start) // SECOND
    try:
        if ask.is_raw:
            reach = span + STALE // SECOND
            data = await _get(request.access, "query", {"query": f"{ask.query}[{reach}s]", "time": _unix(request.end)})
            return [_samples(one) for one in data["result"]]
        values = {"query": ask.query, "start": _unix(request.start + MINUTE), "end": _unix(request.end), "step": "60"}
        data = await _get(request.access, "query_range", values)
        return [_values(one) for one in data["result"]]
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, OverflowError) as error:
        raise PrometheusError("The answer has not the shape of Prometheus' API.", permanent=True) from error


async def _get(access: Access, path: str, values: Mapping[str, str]) -> Any:
    url = f"{access.url.rstrip('/')}/api/v1/{path}?{urlencode(values)}"
    wire = safe_http.Wire(tls=None if access.verify_tls else tls_contexts.context(verify=False))
    seconds = access.timeout.total_seconds()
    try:
        response = await safe_http.arequest(
            "GET", url, headers=access.headers, timeout=seconds, max_bytes=MAX_BYTES, wire=wire
        )
    except safe_http.FetchError as error:
        raise PrometheusError(error.reason, is_down=True, permanent=error.permanent) from error
    if response.truncated:
        raise PrometheusError(
            "The answer is larger than 8 MB. Narrow the selector or add up by a rule.", permanent=True
        )
    return _data(response)


def _data(response: safe_http.Response) -> Any:
    try:
        body = json.loads(response.body, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise PrometheusError(_refusal(response.status), is_down=True) from error
    if not isinstance(body, dict):
        raise PrometheusError("The answer has not the shape of Prometheus' API.", permanent=True)
    if response.status != OK or body.get("status") != "success":
        said = str(body.get("error") or "no reason given")[:200]
        raise PrometheusError(
            f"The server answered {response.status}: {said}", permanent=response.status == BAD_REQUEST
        )
    if body.get("warnings"):
        raise PrometheusError(f"The answer is partial: {str(body['warnings'][0])[:200]}")
    return body.get("data")


def _refusal(status: int) -> str:
    if status in {UNAUTHORIZED, FORBIDDEN}:
        return f"The server refused the sign-in ({status})."
    if status == NOT_FOUND:
        return "There is no Prometheus API under this address (404)."
    return f"The server answered {status} without JSON."


def _samples(one: Any) -> Samples:
    points = [(_at(at), Decimal(value)) for at, value in one["values"]]
    return Samples(one["metric"], [(at, int(value)) for at, value in points if _is_usable(value)])


def _values(one: Any) -> Values:
    points = [(_at(at), Decimal(value)) for at, value in one["values"]]
    return Values(one["metric"], [(at, value) for at, value in points if _is_usable(value)])


def _is_usable(value: Decimal) -> bool:
    """NaN, which marks what is stale, the infinities, and numbers beyond all counting are no values."""
    return value.is_finite() and abs(value) < LARGEST


def _at(seconds: Any) -> datetime:
    return EPOCH + timedelta(milliseconds=int(seconds * 1000))


def _unix(at: datetime) -> str:
    return str((at - EPOCH) // SECOND)
