"""What the channels over HTTP share."""

from typing import Any

import pytest

from oncall.clients import http_posts
from oncall.exceptions import DeliveryError
from portal.lib.safe_http import Response


def response(status: int, body: bytes = b"") -> Response:
    return Response(status, {}, body, 0.0, "127.0.0.1", "http://x/")


@pytest.mark.parametrize(("status", "final"), [(400, True), (404, True), (408, False), (429, False), (500, False)])
def test_what_a_repeat_can_help(status: int, final: bool) -> None:
    assert http_posts.refusal(response(status)).permanent is final


@pytest.mark.parametrize("body", [b"[1]", b"nonsense", b"\xff", b"[" * 5000])
def test_an_answer_that_is_no_object_says_nothing(body: bytes) -> None:
    assert http_posts.answer_of(response(200, body)) == {}


def test_a_channel_that_is_not_set_up_is_refused_for_good() -> None:
    with pytest.raises(DeliveryError, match="PORTAL_X is not set") as refused:
        http_posts.needed("PORTAL_X", "")
    assert refused.value.permanent


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("ftp://hooks.slack.com/x", "http and https"),
        ("https://evil.example/hooks.slack.com", "must be at"),
        ("https://hooks.slack.com.evil.example/x", "must be at"),
        ("http://hooks.slack.com/x", "begin with https"),
        ("https://a:b@hooks.slack.com/x", "credentials"),
    ],
)
def test_an_address_elsewhere_is_refused(address: str, word: str) -> None:
    assert word in http_posts.url_problem(address, ("hooks.slack.com",), "https://hooks.slack.com/x")


def test_an_address_of_a_host_is_taken() -> None:
    assert http_posts.url_problem("https://hooks.slack.com/services/T/B/x", ("hooks.slack.com",)) == ""


def test_the_private_network_is_out_of_reach(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    with pytest.raises(DeliveryError, match="private address") as refused:
        http_posts.post_json("http://127.0.0.1:9/", {})
    assert refused.value.permanent


@pytest.mark.parametrize(("status", "seconds"), [(429, 9), (503, 9), (400, None)])
def test_a_refusal_for_the_moment_tells_how_long_to_wait(status: int, seconds: int | None) -> None:
    answer = Response(status, {"Retry-After": "9"}, b"", 0.0, "127.0.0.1", "http://x/")
    wait = http_posts.refusal(answer).retry_after
    assert (wait.total_seconds() if wait else None) == seconds
