"""Answers rendered ahead: heads of redirects, and the small pages (HTML and problem+json) of everything else."""

import base64
import hashlib
import json
from dataclasses import dataclass
from email.utils import formatdate

from shortener.domain.redirect import Answer, Kind

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    410: "Gone",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    451: "Unavailable For Legal Reasons",
    503: "Service Unavailable",
    505: "HTTP Version Not Supported",
}

TEXTS = {
    Kind.UNKNOWN: ("This link does not exist", "Check that the address is complete and spelled as you received it."),
    Kind.DELETED: ("This link does not exist", "Check that the address is complete and spelled as you received it."),
    Kind.NOT_YET: ("This link is not open yet", "It will work later. Ask whoever gave it to you from when on."),
    Kind.EXPIRED: (
        "This link has expired",
        "It was meant for a limited time. Ask whoever gave it to you for a new one.",
    ),
    Kind.DISABLED: ("This link was switched off", "Its owner has disabled it."),
    Kind.BANNED: ("This link was blocked", "It was reported or found to be abusive, and leads nowhere any more."),
    "unknown_host": ("No links here", "This address does not belong to a short domain that is served here."),
    "unavailable": ("One moment", "This server is still loading its links. Try again in a few seconds."),
    "root": ("Short links live here", "Open the whole address of a link to follow it."),
    400: ("Bad request", "Your browser or program sent something that is no valid request for a link."),
    405: ("Method not allowed", "Links are followed with GET or HEAD."),
    408: ("Too slow", "The request did not arrive in time."),
    414: ("Address too long", "No link has an address of this length."),
    431: ("Request too large", "The request has more headers than are accepted here."),
    503: ("Busy", "Too many connections are open. Try again in a few seconds."),
    505: ("Unsupported version", "Links are served over HTTP/1.1."),
}

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;"
    "background:#f6f8fb;color:#182433}"
    "main{max-width:26rem;margin:1.5rem;padding:2rem 2.25rem;background:#fff;"
    "border:1px solid #dce1e7;border-radius:12px}"
    "p{margin:.5rem 0 0;color:#49566c}h1{margin:0;font-size:1.35rem;line-height:1.3}"
    "small{display:inline-block;margin-bottom:.75rem;font-weight:600;letter-spacing:.04em;color:#5c6b81}"
    "@media(prefers-color-scheme:dark){body{background:#101722;color:#e6ebf2}"
    "main{background:#182230;border-color:#2b384a}p{color:#b3bfce}small{color:#94a3b8}}"
)
_SECURITY = (
    "Content-Security-Policy: default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nX-Robots-Tag: noindex\r\n"
)


@dataclass(frozen=True, slots=True)
class Response:
    """Bytes of an answer: the status line, then (behind the Date line) `headers` up to the empty line, then `body`."""

    status: int
    start: bytes
    headers: bytes
    body: bytes = b""


def redirect(answer: Answer) -> Response:
    """A redirect's head, with `Content-Length: 0`."""
    headers = f"Location: {answer.location}\r\nCache-Control: {answer.cache_control}\r\nContent-Length: 0\r\n\r\n"
    return Response(answer.status, _start(answer.status), headers.encode("ascii"))


def page(status: int, text: str | int | Kind) -> Response:
    """A small HTML page."""
    title, hint = TEXTS[text]
    code = "" if status == 200 else f"<small>{status}</small>"
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main>{code}<h1>{title}</h1><p>{hint}</p></main></body></html>\n"
    ).encode()
    return document(status, "text/html; charset=utf-8", body, security=True)


def problem(status: int, text: str | int | Kind) -> Response:
    """The same as problem+json, for programs that ask for JSON."""
    title, hint = TEXTS[text]
    code = REASONS[status].lower().replace(" ", "_") if isinstance(text, int) else str(text)
    body = json.dumps({"type": f"urn:problem:link:{code}", "title": title, "status": status, "detail": hint}).encode()
    return document(status, "application/problem+json", body)


def document(status: int, content_type: str, body: bytes, *, age: int = 0, security: bool = False) -> Response:
    """Any small document; `age` is how long it may be kept."""
    lines = [
        f"Content-Type: {content_type}\r\n",
        f"Cache-Control: {f'public, max-age={age}' if age else 'no-store'}\r\n",
        "Vary: Accept\r\n" if security else "",
        _SECURITY.format(digest=_style_digest()) if security else "",
        "Allow: GET, HEAD\r\n" if status == 405 else "",
        "Retry-After: 2\r\n" if status == 503 else "",
        f"Content-Length: {len(body)}\r\n\r\n",
    ]
    return Response(status, _start(status), "".join(lines).encode("ascii"), body)


def date_line(now: float) -> bytes:
    """The Date header of this second."""
    return f"Date: {formatdate(now, usegmt=True)}\r\n".encode()


def _start(status: int) -> bytes:
    return f"HTTP/1.1 {status} {REASONS[status]}\r\n".encode()


def _style_digest() -> str:
    return base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


ROBOTS = document(200, "text/plain; charset=utf-8", b"User-agent: *\nDisallow:\n", age=86400)
FAVICON = document(
    200,
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="5" cy="8" r="4" fill="#066fd1"/>'
    b'<circle cx="11" cy="8" r="4" fill="none" stroke="#066fd1" stroke-width="2"/></svg>\n',
    age=86400,
)
REFUSALS = {status: page(status, status) for status in (400, 405, 408, 414, 431, 503, 505)}
