"""What came back from a target, what assertions find in it, and how it is judged."""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509

from slo.clients import syntax
from slo.domain import assertions
from slo.domain.assertions import Assertion

DAY = timedelta(days=1)
TLS = "TLSv"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer of a target with what is known of the way to it."""

    body: bytes = field(repr=False, default=b"")
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    latency: timedelta = timedelta(0)
    redirects: int = 0
    tls: ssl.SSLObject | None = None


def tls_version(session: ssl.SSLObject | None) -> str:
    """The version of a TLS session as a number, such as 1.3; empty without one."""
    version = session.version() if session is not None else None
    return "" if version is None else version.removeprefix(TLS).replace("TLSv", "") or "1.0"


def days_left(session: ssl.SSLObject | None, now: datetime) -> int | None:
    """The full days until the certificate of a session ends, negative after it; None without one."""
    shown = session.getpeercert(binary_form=True) if session is not None else None
    return None if not shown else (x509.load_der_x509_certificate(shown).not_valid_after_utc - now) // DAY


def found(assertion: Assertion, exchange: Exchange) -> list[Any]:
    """What an assertion looks at: all values there are, none where the answer has no such part."""
    match assertion.subject:
        case "header":
            getall = getattr(exchange.headers, "getall", None)
            if getall is not None:
                return list(getall(assertion.path, []))
            return [value for name, value in exchange.headers.items() if name.lower() == assertion.path.lower()]
        case "body":
            return [exchange.body.decode("utf-8", errors="replace")]
        case "json":
            return syntax.json_values(assertion.path, exchange.body)
        case _:
            measured = _measured(assertion.subject, exchange)
            return [] if measured in {None, ""} else [measured]


def _measured(subject: str, exchange: Exchange) -> Any:
    match subject:
        case "latency":
            return round(exchange.latency / timedelta(milliseconds=1), 1)
        case "size":
            return len(exchange.body)
        case "redirects":
            return exchange.redirects
        case "tls_version":
            return tls_version(exchange.tls)
        case _:
            return days_left(exchange.tls, datetime.now(UTC))


def broken(wanted: Sequence[Mapping[str, Any]], exchange: Exchange) -> str:
    """The first of the stored assertions that does not hold, in a sentence; empty when all do."""
    for data in wanted:
        assertion = assertions.assertion_of(data)
        if reason := assertions.broken(assertion, found(assertion, exchange), matches=syntax.search):
            return reason
    return ""
