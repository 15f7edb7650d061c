"""Taking secrets out of samples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.domain import redaction

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ('{"access_token": "abc.def-123"}', "abc.def-123"),
        ('{"user": 1, "Password" : "p\\"q w"}', "q w"),
        ("{'api_key': 'k-1234'}", "k-1234"),
        ('{"session": 123456}', "123456"),
        ("https://example.com/cb?token=t-9876&x=1", "t-9876"),
        ("password=hunter22&user=ada", "hunter22"),
        ("Authorization: Bearer abc123def456", "abc123def456"),
        ("Basic YWRhOnB3LTEyMzQ1", "YWRhOnB3LTEyMzQ1"),
        (f"the token is {JWT}.", JWT),
        ("postgres://ada:pw-1@db/x", "pw-1"),
        ("-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\n-----END EC PRIVATE KEY-----", "MHcCAQ"),
        ("-----BEGIN PRIVATE KEY-----\nMHcCAQ", "MHcCAQ"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str, secret: str) -> None:
    assert secret not in redaction.redacted(text)
    assert redaction.HIDDEN in redaction.redacted(text)


@pytest.mark.parametrize("text", ['{"status": "ok", "count": 3}', "all well", "a basic idea", "https://example.com/a"])
def test_everything_else_stays(text: str) -> None:
    assert redaction.redacted(text) == text


@given(st.text(alphabet="abcdef0123456789-_", min_size=8, max_size=40), st.text(max_size=50), st.text(max_size=50))
def test_a_known_secret_never_stays(secret: str, before: str, after: str) -> None:
    assert secret not in redaction.redacted(f"{before}{secret}{after}", [secret])


def test_short_words_are_no_secrets() -> None:
    assert redaction.redacted("a cat", ["a"]) == "a cat"


def test_a_sample_has_head_and_body_without_cookies() -> None:
    headers = {"Content-Type": "text/plain", "Set-Cookie": "sid=abc", "X-Api-Key": "k"}
    shown = redaction.sample(b"all well", status=503, headers=headers)
    assert shown.splitlines() == [
        "status 503",
        "Content-Type: text/plain",
        "Set-Cookie: [redacted]",
        "X-Api-Key: [redacted]",
        "",
        "all well",
    ]


@pytest.mark.parametrize("body", [b"x" * 100_000, "\u00e9".encode() * 50_000, b"\x00\xff" * 5000])
def test_a_sample_is_short_text_that_can_be_stored(body: bytes) -> None:
    shown = redaction.sample(body)
    assert 0 < len(shown.encode()) <= redaction.LONGEST
    assert "\0" not in shown
