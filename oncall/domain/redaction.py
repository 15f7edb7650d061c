"""Taking secrets out of what is shown of an answer."""

import re
from collections.abc import Collection, Iterable, Mapping

HIDDEN = "[redacted]"
LONGEST = 2000
READ = 8000
SHORTEST_SECRET = 4
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "www-authenticate"})
WORDS = r"(?:[\w.-]*(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|session|credential|signature|jwt)[\w.-]*)"
PATTERNS = (
    re.compile(rf"""(["']{WORDS}["']\s*:\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|[\w.+/=-]+)""", re.IGNORECASE),
    re.compile(rf"""(\b{WORDS}\s*=\s*)("[^"]*"?|'[^']*'?|[^\s&"'<>;,]+)""", re.IGNORECASE),
    re.compile(r"()\bey[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?()"),
    re.compile(r"(\b(?:bearer|basic)\s+)([\w.~+/=-]{6,})", re.IGNORECASE),
    re.compile(r"(://)([^/\s:@]+:[^/\s@]+)(?=@)"),
    re.compile(r"()-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)()", re.DOTALL),
)


def is_secret_header(name: str) -> bool:
    """Whether the value of a header is a credential, or looks like one by its name."""
    return name.lower() in SECRET_HEADERS or re.fullmatch(WORDS, name, re.IGNORECASE) is not None


def redacted(text: str, secrets: Collection[str] = ()) -> str:
    """`text` without the known `secrets` and without what looks like a token, a password or a key; it can be stored."""
    for secret in sorted((one for one in secrets if len(one) >= SHORTEST_SECRET), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    for pattern in PATTERNS:
        text = pattern.sub(lambda found: f"{found[1]}{HIDDEN}", text)
    return storable(text)


def storable(text: str) -> str:
    """`text` without what no database keeps: NUL, and bytes of headers that were no UTF-8."""
    return text.encode("utf-8", errors="replace").decode().replace("\0", "?")


def sample(
    body: bytes, secrets: Collection[str] = (), *, status: int | None = None, headers: Mapping[str, str] | None = None
) -> str:
    """The beginning of an answer as text, redacted, at most 2 kB of UTF-8: status, headers, an empty line, the body."""
    head = "\n".join(_head(status, (headers or {}).items()))
    text = body[:READ].decode("utf-8", errors="replace")
    whole = redacted(f"{head}\n\n{text}" if head else text, secrets)
    return whole.encode()[:LONGEST].decode("utf-8", errors="ignore")


def _head(status: int | None, headers: Iterable[tuple[str, str]]) -> list[str]:
    lines = [] if status is None else [f"status {status}"]
    return lines + [f"{name}: {HIDDEN if is_secret_header(name) else value}" for name, value in headers]
