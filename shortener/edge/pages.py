"""Answers rendered ahead: heads of redirects, and the small pages (HTML and problem+json) of everything else."""

import base64
import hashlib
import json
from email.utils import formatdate
from functools import cache, lru_cache
from html import escape
from typing import NamedTuple

from shortener.domain import texts
from shortener.domain.negotiation import page_language, prefers_json
from shortener.domain.redirect import Answer
from shortener.domain.texts import LANGUAGES, PAGES, REPORT, STATUSES, Text

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    410: "Gone",
    414: "URI Too Long",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    451: "Unavailable For Legal Reasons",
    503: "Service Unavailable",
    505: "HTTP Version Not Supported",
}
RETRY_SECONDS = 2
LONGEST_HEADER = 512

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;"
    "background:#f7f8fa;color:#17181c}"
    "main{max-width:26rem;margin:1.5rem;padding:2rem 2.25rem;background:#fff;"
    "border:1px solid #e6e7eb;border-radius:12px;overflow-wrap:anywhere}"
    "p{margin:.5rem 0 0;color:#5b5e68}h1{margin:0;font-size:1.35rem;line-height:1.3}"
    "small{display:inline-block;margin-bottom:.75rem;font-weight:600;letter-spacing:.04em;color:#666a75}"
    "a{color:inherit}.foot{margin-top:1.25rem;font-size:.875rem}"
    "@media(prefers-color-scheme:dark){body{background:#0c0d10;color:#eeeff2}"
    "main{background:#15161a;border-color:#26282e}p{color:#a5a8b2}small{color:#989ba6}}"
)
_SECURITY = (
    "Content-Security-Policy: default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nX-Robots-Tag: noindex\r\n"
)


class Response(NamedTuple):
    """Bytes of an answer: the status line, then (behind the Date line) `headers` up to the empty line, then `body`."""

    status: int
    start: bytes
    headers: bytes
    body: bytes = b""


Choices = tuple[Response, ...]
"""One answer in every manner: as a page in each of LANGUAGES, then as problem+json in each of them."""


def manner(accept: bytes, accept_language: bytes) -> int:
    """Which of the Choices a client wants, from its headers Accept and Accept-Language; only their beginnings count."""
    return _manner(accept[:LONGEST_HEADER], accept_language[:LONGEST_HEADER])


@lru_cache(maxsize=5_000)
def _manner(accept: bytes, accept_language: bytes) -> int:
    language = LANGUAGES.index(page_language(accept_language.decode("latin-1"), LANGUAGES))
    return language + len(LANGUAGES) * prefers_json(accept.decode("latin-1"))


def redirect(answer: Answer) -> Response:
    """A redirect's head, with `Content-Length: 0`; search engines are told to leave it out unless the link says so."""
    robots = "" if answer.is_indexed else "X-Robots-Tag: noindex\r\n"
    headers = (
        f"Location: {answer.location}\r\nCache-Control: {answer.cache_control}\r\n{robots}Content-Length: 0\r\n\r\n"
    )
    return Response(answer.status, _start(answer.status), headers.encode("ascii"))


def choices(kind: str, *, own: Text | None = None, portal_url: str = "", headers: str = "") -> Choices:
    """The page of a kind in every manner; `own` are the words of the domain's owner, which stand in any language."""
    status, found = STATUSES[kind], PAGES[kind]
    if own is not None:
        found = {one: Text(own.title or found[one].title, own.hint) for one in LANGUAGES}
    report = f"{portal_url}/report/" if portal_url else ""
    pages = [page(status, found[one], language=one, is_own=own is not None, report=report, headers=headers)
             for one in LANGUAGES]  # fmt: skip
    return (*pages, *(problem(kind, found[one], language=one, headers=headers) for one in LANGUAGES))


def password(answer: Answer) -> Choices:
    """For a link with a password: browsers go to its form, programs that ask for JSON are told of it by 401."""
    form = redirect(answer)
    headers = 'WWW-Authenticate: Form realm="link"\r\n'
    told = [
        problem("password", PAGES["password"][one], language=one, headers=headers, form=answer.location or "")
        for one in LANGUAGES
    ]
    return (*(form for _ in LANGUAGES), *told)


def page(
    status: int, text: Text, *, language: str = "en", is_own: bool = False, report: str = "", headers: str = ""
) -> Response:
    """A small HTML page. The words of a domain's owner are marked as being of no known language."""
    code = "" if status == 200 else f"<small>{status}</small>"
    title, hint = escape(text.title), escape(text.hint)
    lang = ' lang=""' if is_own else ""
    said = f"<h1{lang}>{title}</h1>" + (f"<p{lang}>{hint}</p>" if hint else "")
    foot = f'<p class="foot"><a href="{escape(report)}" rel="nofollow">{REPORT[language]}</a></p>' if report else ""
    body = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main>{code}{said}{foot}</main></body></html>\n"
    ).encode()
    headers += f"Content-Language: {language}\r\nVary: Accept, Accept-Language\r\n"
    return document(status, "text/html; charset=utf-8", body, security=True, headers=headers)


def problem(kind: str, text: Text, *, language: str = "en", headers: str = "", **members: str) -> Response:
    """The same as problem+json, for programs that ask for JSON."""
    content = json.dumps(texts.problem(kind, text, **members)).encode()
    headers += f"X-Robots-Tag: noindex\r\nContent-Language: {language}\r\nVary: Accept, Accept-Language\r\n"
    return document(STATUSES[kind], "application/problem+json", content, headers=headers)


def document(
    status: int, content_type: str, body: bytes, *, age: int = 0, security: bool = False, headers: str = ""
) -> Response:
    """Any small document; `age` is how long it may be kept."""
    lines = [
        f"Content-Type: {content_type}\r\n",
        f"Cache-Control: {f'public, max-age={age}' if age else 'no-store'}\r\n",
        _SECURITY.format(digest=_style_digest()) if security else "",
        "Allow: GET, HEAD\r\n" if status == 405 else "",
        f"Retry-After: {RETRY_SECONDS}\r\n" if status == 503 else "",
        headers,
        f"Content-Length: {len(body)}\r\n\r\n",
    ]
    return Response(status, _start(status), "".join(lines).encode("ascii"), body)


@lru_cache(maxsize=100)
def too_many(seconds: int) -> Choices:
    """For a client that asked for too many links that do not exist; `seconds` until it may ask for another one."""
    return choices("too_many", headers=f"Retry-After: {seconds}\r\n")


def date_line(now: float) -> bytes:
    """The Date header of this second."""
    return f"Date: {formatdate(now, usegmt=True)}\r\n".encode()


@cache
def _start(status: int) -> bytes:
    return f"HTTP/1.1 {status} {REASONS[status]}\r\n".encode()


def _style_digest() -> str:
    return base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


ROBOTS = document(200, "text/plain; charset=utf-8", b"User-agent: *\nDisallow:\n", age=86400)
"""Crawlers may ask for every link: only so do they see that most say `noindex`."""

FAVICON = document(
    200,
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="5" cy="8" r="4" fill="#066fd1"/>'
    b'<circle cx="11" cy="8" r="4" fill="none" stroke="#066fd1" stroke-width="2"/></svg>\n',
    age=86400,
)
REFUSALS = {status: page(status, text) for status, text in texts.REFUSALS.items()}
"""Requests that were refused before anything could be known of the client's language."""
