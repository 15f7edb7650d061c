"""Which targets may not be shortened: hosts with their subdomains, patterns with one wildcard, and other shorteners.

A pattern is text with `*` for any characters, compared with `host/path?query` in lower case. It is matched from left
to right with one search per part, so that its cost is linear whatever the address is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from shortener.domain.targets import MAX_HOST, normal_host

SHORTENERS = frozenset(
    [
        "adf.ly",
        "aka.ms",
        "amzn.to",
        "bit.do",
        "bit.ly",
        "bitly.com",
        "bl.ink",
        "buff.ly",
        "clck.ru",
        "cutt.ly",
        "db.tt",
        "dlvr.it",
        "dub.sh",
        "fb.me",
        "goo.gl",
        "goo.su",
        "ift.tt",
        "is.gd",
        "j.mp",
        "kutt.it",
        "lnkd.in",
        "n9.cl",
        "ow.ly",
        "po.st",
        "qr.ae",
        "rb.gy",
        "rebrand.ly",
        "s.id",
        "shorturl.at",
        "shorte.st",
        "short.gy",
        "shrtco.de",
        "snip.ly",
        "soo.gd",
        "spoo.me",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "tny.im",
        "tr.im",
        "trib.al",
        "u.to",
        "urlz.fr",
        "v.gd",
        "wp.me",
        "x.co",
        "xurl.es",
        "zpr.io",
    ]
)
LEAST_LITERAL = 4
MAX_PATTERN = 500
MOST_WILDCARDS = 8
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_ADDRESS = re.compile(r"\[[0-9a-f:.]+\]|\d{1,3}(\.\d{1,3}){3}")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is blocked and what is allowed nevertheless; a host stands for its subdomains as well."""

    hosts: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()
    banned: frozenset[str] = field(default=frozenset())


def suffixes(host: str) -> list[str]:
    """A host and its parent domains, the narrowest first: a.b.c, b.c, c. An address has no parents."""
    host = normal_host(host)
    if _ADDRESS.fullmatch(host):
        return [host]
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


def problem(*, host: str, address: str, rules: Rules, shorteners: frozenset[str] = SHORTENERS) -> str | None:
    """Why an address may not be shortened, as a sentence; None when it may.

    Of a rule and an exception the one for the narrower host wins; nothing is an exception from a ban or a pattern.
    """
    names = suffixes(host)
    if banned := next((name for name in names if name in rules.banned), None):
        return f"Links to {banned} are banned here."
    allowed = next((place for place, name in enumerate(names) if name in rules.allowed), len(names))
    for name in names[:allowed]:
        if name in rules.hosts:
            return f"{name} is on the blocklist of this portal."
        if name in shorteners:
            return f"{name} is a link shortener itself; give the address that it leads to."
    text = compared(address)
    if found := next((pattern for pattern in rules.patterns if matches(pattern, text)), None):
        return f"The address fits the pattern {found} of the blocklist."
    return None


def compared(address: str) -> str:
    """An address as patterns see it: host, path and query in lower case, without scheme, port and fragment."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{normal_host(parts.hostname or '')}{parts.path}{query}".lower()


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern; the cost is at most that of one search of the text per part."""
    first, *rest = pattern.split("*")
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def normal_pattern(text: str) -> tuple[str, str | None]:
    """A pattern as it is stored, and what is wrong with it."""
    pattern = re.sub(r"\*+", "*", text.strip().lower())
    pattern = re.sub(r"^https?://", "", pattern)
    if len(pattern) > MAX_PATTERN or not pattern.isprintable() or " " in pattern:
        return pattern, f"A pattern has at most {MAX_PATTERN} printable characters and no space."
    if pattern.count("*") > MOST_WILDCARDS:
        return pattern, f"Use at most {MOST_WILDCARDS} wildcards."
    if len(re.sub(r"[*./]", "", pattern)) < LEAST_LITERAL:
        return pattern, f"Name at least {LEAST_LITERAL} letters or digits beside the wildcards."
    return pattern, None


def host_problem(host: str) -> str | None:
    """Why a normal host cannot stand in a rule or ban."""
    if len(host) > MAX_HOST or not (_HOST.fullmatch(host) or _ADDRESS.fullmatch(host)):
        return "This is no host name."
    if "." not in host and host != "localhost" and not _ADDRESS.fullmatch(host):
        return "Name a domain, not a whole top-level domain."
    return None


def lines_of(text: str) -> Sequence[tuple[int, str]]:
    """The entries of a pasted list with their line numbers; comments, blanks and the address of hosts files go."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.split("#", 1)[0].strip()
        entry = re.sub(r"^(0\.0\.0\.0|127\.0\.0\.1|::1?)\s+", "", entry)
        entry = re.sub(r"^\|\|([^/^$]+)\^?$", r"\1", entry)
        if entry and not entry.startswith("!"):
            found.append((number, entry))
    return found
