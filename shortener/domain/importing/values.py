"""From the cells of a file to the values of a link. Each function says None for what it cannot read."""

import json
import math
import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

TRUE = frozenset({"1", "true", "yes", "y", "on", "t"})
FALSE = frozenset({"0", "false", "no", "n", "off", "f", ""})
FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S%z",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%Y%m%d",
)
SMALLEST, LARGEST = 100_000_000, 4_102_444_800
MILLISECONDS = 1_000
TAG_CUT = re.compile(r"[|;,]")
ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|[^/\s]+\.[^/\s]+/", re.IGNORECASE)


def _finite(literal: str) -> float | None:
    number = float(literal)
    return number if math.isfinite(number) else None


DECODER = json.JSONDecoder(parse_constant=lambda _: None, parse_float=_finite)
"""NaN and the infinities, however they are written, count as nothing: no database keeps them as JSON."""


def text(value: Any) -> str:
    """A cell as text, without space around it; lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value)
    return str(value).strip()


def tags(value: Any) -> list[str]:
    """Tags of a list, of a JSON list, or of a text with | or ; or , between them."""
    if isinstance(value, list):
        return [text(tag) for tag in value if text(tag)]
    plain = text(value)
    if plain.startswith("["):
        found = _json(plain)
        return tags(found) if isinstance(found, list) else [plain]
    return [tag.strip() for tag in TAG_CUT.split(plain) if tag.strip()]


def boolean(value: Any) -> bool | None:
    plain = text(value).lower()
    return True if plain in TRUE else False if plain in FALSE else None


def whole(value: Any) -> int | None:
    """A whole number that is not negative; groups of thousands are understood."""
    plain = text(value).replace(",", "").replace("\u00a0", "").replace(" ", "").removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 15 else None


def instant(value: Any) -> datetime | None:
    """A point in time, in UTC where no zone is told: ISO 8601, seconds or milliseconds since 1970, or a usual date."""
    plain = text(value)
    number = whole(plain)
    if number is not None and len(plain) != len("20260304"):
        seconds = number / MILLISECONDS if number > LARGEST else number
        return datetime.fromtimestamp(seconds, UTC) if SMALLEST <= seconds <= LARGEST else None
    found = _read(plain)
    try:
        return None if found is None else found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def day(value: Any) -> date | None:
    found = instant(value)
    return found.date() if found else None


def rules(value: Any) -> Any:
    """The JSON of redirect rules; a text that is none is given back as it is, to be refused."""
    return _json(value) if isinstance(value, str) and value.strip() else value or []


def slug(value: Any) -> str:
    """The slug of a short address, or of a bare back half: what stands after the host, without slashes around it."""
    plain = text(value)
    if not ADDRESS.match(plain):
        return plain.strip("/")
    try:
        path = urlsplit(plain if "//" in plain else f"//{plain}").path
    except ValueError:
        return plain
    return unquote(path).strip("/")


def host(value: Any) -> str:
    """The host of a short address, else the text itself, in lower case."""
    plain = text(value).lower()
    if "/" not in plain:
        return plain
    try:
        return urlsplit(plain if "//" in plain else f"//{plain}").hostname or ""
    except ValueError:
        return ""


def storable(value: Any) -> Any:
    """The same cell without what a database cannot hold (NUL, lone surrogates), for keeping it as it came."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {str(storable(name)): storable(item) for name, item in value.items()}
    return value


def _json(plain: str) -> Any:
    try:
        return DECODER.decode(plain)
    except (ValueError, RecursionError):
        return plain


def _read(plain: str) -> datetime | None:
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        return next((found for pattern in FORMATS if (found := _parsed(plain, pattern))), None)


def _parsed(plain: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(plain, pattern)  # noqa: DTZ007 (the caller gives it its zone)
    except ValueError:
        return None
