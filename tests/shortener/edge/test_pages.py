"""What is rendered ahead."""

import base64
import hashlib
import json
import re

import pytest

from shortener.domain.redirect import Answer, Kind
from shortener.edge import pages


def test_a_redirect_has_no_body_and_says_so() -> None:
    response = pages.redirect(Answer(Kind.REDIRECT, 307, "https://e.com/", "private, max-age=9"))
    assert response.start == b"HTTP/1.1 307 Temporary Redirect\r\n"
    assert response.headers == (
        b"Location: https://e.com/\r\nCache-Control: private, max-age=9\r\nContent-Length: 0\r\n\r\n"
    )


@pytest.mark.parametrize("text", list(pages.TEXTS))
def test_every_page_is_small_complete_and_needs_nothing_else(text: str | int | Kind) -> None:
    response = pages.page(404, text)
    assert f"Content-Length: {len(response.body)}\r\n".encode() in response.headers
    assert b"<h1>" + pages.TEXTS[text][0].encode() in response.body
    assert len(response.body) < 1500
    assert not re.search(rb"src=|href=|url\(|<script", response.body)


def test_a_page_allows_exactly_its_own_style() -> None:
    response = pages.page(410, Kind.EXPIRED)
    style = re.search(rb"<style>(.*)</style>", response.body)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1]).digest())
    assert b"style-src 'sha256-" + digest + b"'" in response.headers
    assert b"prefers-color-scheme:dark" in style[1]


def test_a_problem_says_the_same_to_programs() -> None:
    response = pages.problem(451, Kind.BANNED)
    problem = json.loads(response.body)
    assert (problem["status"], problem["type"]) == (451, "urn:problem:link:banned")
    assert b"Content-Type: application/problem+json\r\n" in response.headers


def test_the_date_is_that_of_http() -> None:
    assert pages.date_line(0) == b"Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"


@pytest.mark.parametrize(("status", "header"), [(405, b"Allow: GET, HEAD\r\n"), (503, b"Retry-After: 2\r\n")])
def test_a_refusal_says_what_to_do(status: int, header: bytes) -> None:
    assert header in pages.REFUSALS[status].headers
