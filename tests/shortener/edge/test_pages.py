"""What is rendered ahead."""

import base64
import hashlib
import json
import re

import pytest

from shortener.domain.redirect import Answer, Kind
from shortener.domain.texts import LANGUAGES, PAGES, STATUSES, Text
from shortener.edge import pages


def test_a_redirect_has_no_body_and_says_so() -> None:
    response = pages.redirect(Answer(Kind.REDIRECT, 307, "https://e.com/", "private, max-age=9", is_indexed=True))
    assert response.start == b"HTTP/1.1 307 Temporary Redirect\r\n"
    assert response.headers == (
        b"Location: https://e.com/\r\nCache-Control: private, max-age=9\r\nContent-Length: 0\r\n\r\n"
    )


def test_a_redirect_is_not_for_search_engines() -> None:
    assert b"X-Robots-Tag: noindex\r\n" in pages.redirect(Answer(Kind.REDIRECT, 302, "https://e.com/")).headers


@pytest.mark.parametrize("kind", list(STATUSES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_small_complete_and_needs_nothing_else(kind: str, language: str) -> None:
    response = pages.choices(kind)[LANGUAGES.index(language)]
    assert f"Content-Length: {len(response.body)}\r\nVary".encode() not in response.headers
    assert f"Content-Length: {len(response.body)}\r\n\r\n".encode() in response.headers
    assert f'<html lang="{language}">'.encode() in response.body
    assert f"<h1>{PAGES[kind][language].title}</h1>".encode() in response.body
    assert len(response.body) < 1700
    assert not re.search(rb"src=|href=|url\(|<script", response.body)


def test_a_page_says_where_abuse_is_reported() -> None:
    english, german, *_ = pages.choices(Kind.EXPIRED, portal_url="https://portal.test")
    assert b'<a href="https://portal.test/report/" rel="nofollow">Report abuse</a>' in english.body
    assert b"Missbrauch melden" in german.body


def test_the_words_of_a_domains_owner_are_escaped_and_of_no_language() -> None:
    response = pages.choices(Kind.UNKNOWN, own=Text("", "<script>"))[1]
    assert b'<h1 lang="">Diesen Link gibt es nicht</h1><p lang="">&lt;script&gt;</p>' in response.body


def test_a_page_allows_exactly_its_own_style() -> None:
    response = pages.choices(Kind.EXPIRED)[0]
    style = re.search(rb"<style>(.*)</style>", response.body)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1]).digest())
    assert b"style-src 'sha256-" + digest + b"'" in response.headers
    assert b"prefers-color-scheme:dark" in style[1]


def test_a_problem_says_the_same_to_programs() -> None:
    response = pages.choices(Kind.BANNED)[2]
    problem = json.loads(response.body)
    assert (problem["status"], problem["type"]) == (451, "urn:problem:link:banned")
    assert b"Content-Type: application/problem+json\r\n" in response.headers


@pytest.mark.parametrize(
    ("accept", "language", "content_type", "spoken"),
    [
        (b"", b"", b"text/html", b"en"),
        (b"text/html", b"de-AT,en;q=0.5", b"text/html", b"de"),
        (b"application/json", b"en", b"application/problem+json", b"en"),
        (b"application/json", b"de", b"application/problem+json", b"de"),
        (b"\xff", b"\xff", b"text/html", b"en"),
        (b"text/html," + b"x" * 9000, b"," * 9000 + b"de", b"text/html", b"en"),
    ],
)
def test_a_client_chooses_the_manner(accept: bytes, language: bytes, content_type: bytes, spoken: bytes) -> None:
    response = pages.choices(Kind.UNKNOWN)[pages.manner(accept, language)]
    assert b"Content-Type: " + content_type in response.headers
    assert b"Content-Language: " + spoken + b"\r\nVary: Accept, Accept-Language\r\n" in response.headers


def test_a_password_is_a_form_for_browsers_and_401_for_programs() -> None:
    answer = Answer(Kind.PASSWORD, 303, "https://portal.test/go/a/b")
    browser, _, program, _ = pages.password(answer)
    assert (browser.status, program.status) == (303, 401)
    assert b"Location: https://portal.test/go/a/b\r\n" in browser.headers
    assert json.loads(program.body)["form"] == "https://portal.test/go/a/b"
    assert b"WWW-Authenticate: " in program.headers


def test_too_many_says_when_to_come_back() -> None:
    assert all(b"Retry-After: 7\r\n" in response.headers for response in pages.too_many(7))


def test_the_date_is_that_of_http() -> None:
    assert pages.date_line(0) == b"Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"


@pytest.mark.parametrize(("status", "header"), [(405, b"Allow: GET, HEAD\r\n"), (503, b"Retry-After: 2\r\n")])
def test_a_refusal_says_what_to_do(status: int, header: bytes) -> None:
    assert header in pages.REFUSALS[status].headers
