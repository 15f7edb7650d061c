import asyncio
from typing import Any

import pytest

from shortener.clients import target_checks
from shortener.clients.target_checks import Checked
from tests.shortener.receiver import Receiver, stall, status


def check(url: str, *own: str) -> Checked:
    return asyncio.run(target_checks.check(url, agent="robot/1", own=frozenset(own)))


def methods(receiver: Receiver) -> list[str]:
    return [asked.split()[0] for asked, _, _ in receiver.came]


def test_a_head_is_enough_where_it_is_answered(receiver: Receiver) -> None:
    receiver.plan = [status(200)]
    assert check(receiver.url).status == 200
    assert methods(receiver) == ["HEAD"]
    assert receiver.came[0][1]["user-agent"] == "robot/1"


@pytest.mark.parametrize("refusal", [status(405), status(404), status(501)])
def test_where_head_is_refused_a_get_asks_again(receiver: Receiver, refusal: Any) -> None:
    receiver.plan = [refusal, status(200, b"x" * 100_000)]
    assert check(receiver.url).status == 200
    assert methods(receiver) == ["HEAD", "GET"]


def test_redirects_are_followed_to_the_last_answer(receiver: Receiver) -> None:
    receiver.plan = [status(302, Location="/next"), status(301, Location="/last"), status(200)]
    assert check(receiver.url).status == 200
    assert [asked for asked, _, _ in receiver.came] == ["HEAD /hook", "HEAD /next", "HEAD /last"]


def test_a_circle_of_redirects_ends(receiver: Receiver) -> None:
    receiver.plan = [status(302, Location="/hook")]
    assert check(receiver.url).error == "More than 5 redirects."


def test_a_hop_to_one_of_our_own_links_is_not_taken(receiver: Receiver) -> None:
    receiver.plan = [status(302, Location="http://go.example.com/once"), status(200)]
    assert check(receiver.url, "go.example.com").status == 302
    assert len(receiver.came) == 1


def test_a_private_address_is_never_asked(receiver: Receiver, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    assert check(receiver.url).is_private
    assert receiver.came == []


def test_a_hop_to_a_private_address_is_never_taken(receiver: Receiver) -> None:
    receiver.plan = [status(302, Location="http://169.254.169.254/latest")]
    assert check(receiver.url).is_private


def test_what_does_not_answer_is_an_error(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target_checks, "TIMEOUT", 0.2)
    receiver.plan = [stall]
    found = check(receiver.url)
    assert (found.status, found.is_private) == (None, False)
    assert "No answer within" in found.error


def test_a_host_that_is_not_known_is_an_error() -> None:
    found = check("http://nowhere.invalid/")
    assert (found.status, found.is_private) == (None, False)
    assert "could not be resolved" in found.error
