"""The parts that the JSON of a condition is made of, each with a sentence for what it may not be (ValueError)."""

import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

MOST_VALUES = 50
LONGEST_VALUE = 200
END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def values(raw: Mapping[str, Any]) -> tuple[str, ...]:
    found = raw.get("values")
    if not isinstance(found, list) or not found:
        raise ValueError("give a list of values")
    if len(found) > MOST_VALUES:
        raise ValueError(f"use at most {MOST_VALUES} values")
    return tuple(text(one, "value") for one in found)


def text(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"a {what} must be a text that is not empty")
    if len(value) > LONGEST_VALUE or not value.isprintable():
        raise ValueError(f"a {what} may have at most {LONGEST_VALUE} characters, all of them printable")
    return value.strip()


def network(value: str) -> Network:
    try:
        found = ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError(f"{value!r} is no address and no network such as 192.0.2.0/24") from None
    mapped = found.network_address.ipv4_mapped if isinstance(found, ipaddress.IPv6Network) else None
    if mapped is not None and found.prefixlen >= 96:
        return ipaddress.ip_network((mapped, found.prefixlen - 96))
    return found


def instant(value: object) -> float | None:
    if value is None or value == "":
        return None
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        seconds = at.timestamp() if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):
        seconds = None
    if seconds is None or not 0 <= seconds < END_OF_TIME:
        raise ValueError(f"{str(value)[:40]!r} is no time with a zone such as 2026-03-04T12:00:00Z")
    return seconds


def written(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
