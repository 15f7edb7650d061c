"""The shape in which edges keep links: payload of the database view <-> facts <-> packed bytes, and the keys."""

import hashlib
import json
import re
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isnan, nan
from typing import Any
from urllib.parse import unquote_to_bytes

from shortener.domain import rules
from shortener.domain.locations import header_safe
from shortener.domain.redirect import LinkFacts

FORMAT = 2
"""Version of the packed form; a replica of another version is rebuilt."""

STATES = ("active", "disabled", "banned", "deleted")
PAGES = ("root", "unknown", "expired")
MAX_KEY_BYTES = 500

_PLAIN_PATH = re.compile(rb"/[A-Za-z0-9_-]+/?")
_PACKED = struct.Struct("<qHBBddiq")
_NONE = -1
_FORWARD, _PASSWORD, _PREVIEW, _FORWARD_PATH, _INDEXED, _OPEN_WITHOUT_COUNTER = 1, 2, 4, 8, 16, 32


@dataclass(frozen=True, slots=True)
class DomainFacts:
    """What an edge knows of a short domain."""

    name: str
    case_sensitive: bool = True
    root_target: str | None = None
    is_default: bool = False
    pages: dict[str, dict[str, str]] = field(default_factory=dict)

    def page(self, name: str) -> dict[str, str]:
        """What the domain's owner wants for `root`, `unknown` or `expired`: a target, a title and text, or nothing."""
        if name == "root" and self.root_target:
            return {"target": self.root_target}
        return self.pages.get(name, {})


def from_payload(payload: Mapping[str, Any]) -> LinkFacts:
    """Facts of a row of `shortener_edge_link`. An unknown state counts as disabled: an old edge opens no new kind."""
    state = payload.get("state", "active")
    return LinkFacts(
        id=int(payload["id"]),
        target=header_safe(payload.get("target") or ""),
        status=int(payload.get("status") or 302),
        state=state if state in STATES else "disabled",
        not_before=_number(payload.get("not_before")),
        expires_at=_number(payload.get("expires_at")),
        expired_target=header_safe(payload["expired_target"]) if payload.get("expired_target") else None,
        max_age=None if payload.get("max_age") is None else int(payload["max_age"]),
        forward_query=bool(payload.get("forward_query")),
        password=bool(payload.get("password")),
        preview=bool(payload.get("preview")),
        forward_path=bool(payload.get("forward_path")),
        is_indexed=bool(payload.get("is_indexed")),
        max_visits=None if payload.get("max_visits") is None else int(payload["max_visits"]),
        open_without_counter=bool(payload.get("open_without_counter", True)),
        rules=rules.parse(payload.get("rules") or [])[0],
    )


def domain_from_payload(name: str, payload: Mapping[str, Any]) -> DomainFacts:
    """Facts of a row of `shortener_edge_domain`."""
    root = payload.get("root_target")
    return DomainFacts(
        name=name,
        case_sensitive=bool(payload.get("case_sensitive", True)),
        root_target=header_safe(root) if root else None,
        is_default=bool(payload.get("is_default", False)),
        pages={name: _domain_page(page) for name, page in (payload.get("pages") or {}).items() if name in PAGES},
    )


def _domain_page(page: Mapping[str, str]) -> dict[str, str]:
    if page.get("target"):
        return {"target": header_safe(page["target"])}
    return {name: page[name] for name in ("title", "text") if page.get(name)}


def _number(value: float | str | None) -> float | None:
    return None if value is None else float(value)


def pack(link: LinkFacts) -> bytes:
    """Bytes for the replica; `unpack` is its inverse."""
    head = _PACKED.pack(
        link.id,
        link.status,
        STATES.index(link.state),
        _flags(link),
        nan if link.not_before is None else link.not_before,
        nan if link.expires_at is None else link.expires_at,
        _NONE if link.max_age is None else link.max_age,
        _NONE if link.max_visits is None else link.max_visits,
    )
    ruled = json.dumps(rules.dump(link.rules), separators=(",", ":")).encode() if link.rules else b""
    return head + b"\0".join((link.target.encode(), (link.expired_target or "").encode(), ruled))


def _flags(link: LinkFacts) -> int:
    return (
        link.forward_query * _FORWARD
        | link.password * _PASSWORD
        | link.preview * _PREVIEW
        | link.forward_path * _FORWARD_PATH
        | link.is_indexed * _INDEXED
        | link.open_without_counter * _OPEN_WITHOUT_COUNTER
    )


def unpack(packed: bytes) -> LinkFacts:
    """Facts of packed bytes."""
    number, status, state, flags, not_before, expires_at, age, visits = _PACKED.unpack_from(packed)
    target, expired_target, ruled = packed[_PACKED.size :].split(b"\0")
    return LinkFacts(
        number,
        target.decode(),
        status,
        STATES[state],
        None if isnan(not_before) else not_before,
        None if isnan(expires_at) else expires_at,
        expired_target.decode() or None,
        None if age == _NONE else age,
        bool(flags & _FORWARD),
        bool(flags & _PASSWORD),
        bool(flags & _PREVIEW),
        bool(flags & _FORWARD_PATH),
        bool(flags & _INDEXED),
        None if visits == _NONE else visits,
        bool(flags & _OPEN_WITHOUT_COUNTER),
        _rules(ruled) if ruled else (),
    )


@lru_cache(maxsize=10_000)
def _rules(packed: bytes) -> tuple[rules.Rule, ...]:
    return rules.parse(json.loads(packed))[0]


def slug_key(slug: str, *, case_sensitive: bool) -> str:
    """The normalised form under which a slug is stored and looked up: NFC, and lower case where the domain says so."""
    normal = unicodedata.normalize("NFC", slug)
    return normal if case_sensitive else normal.lower()


def link_key(domain: str, slug: str) -> bytes:
    """Key of a link in a replica: domain NUL slug, the slug hashed when the key would be too long for the store."""
    key = f"{domain}\0{slug}".encode()
    if len(key) <= MAX_KEY_BYTES:
        return key
    return key[: MAX_KEY_BYTES - 64] + hashlib.blake2b(key, digest_size=32).hexdigest().encode()


def slug_of_path(path: bytes) -> str | None:
    """The slug that a request's path (without query) names, percent-decoded once; `None` if it is malformed.

    Malformed: a bad percent escape, a decoded control character, or bytes that are no UTF-8.
    """
    if _PLAIN_PATH.fullmatch(path):
        return path.strip(b"/").decode()
    raw = path[1:-1] if len(path) > 1 and path.endswith(b"/") else path[1:]
    for escape in raw.split(b"%")[1:]:
        if len(escape) < 2 or not all(chr(byte) in "0123456789abcdefABCDEF" for byte in escape[:2]):
            return None
    try:
        slug = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return None
    return slug if slug.isprintable() else None


def host_names(header: bytes) -> tuple[str, str]:
    """A Host header as (with port, without port), lower case, without a trailing dot."""
    host = header.decode("latin-1").lower()
    bare, colon, port = host.rpartition(":")
    if not colon or not port.isdigit():
        bare, port = host, ""
    bare = bare.rstrip(".")
    return (f"{bare}:{port}" if port else bare), bare
