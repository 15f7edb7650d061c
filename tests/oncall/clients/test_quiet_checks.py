"""Providers are asked without anybody hearing it, against a real receiver."""

from typing import Any

import pytest

from oncall.clients import channels, quiet_checks
from oncall.exceptions import DeliveryError
from tests.oncall.clients.receivers import HttpReceiver

USER = "u" * 30
FINE: list[Any] = [
    ("telegram", "4711", 200, '{"ok": true, "result": true}', ""),
    ("pushover", USER, 200, '{"status": 1}', ""),
    ("sms", "+491701234567", 200, '{"status": "active"}', ""),
    ("discord", "{url}/api/webhooks/1/x", 200, '{"id": "1"}', ""),
    ("slack", "{url}/services/T/B/x", 400, "no_text", ""),
    ("ntfy", "oncall-x", 200, '{"healthy": true}', None),
    ("mattermost", "{url}/hooks/x", 200, '{"status": "OK"}', None),
    ("webhook", "{url}/hook", 405, "", None),
    ("ntfy", "oncall-x", 404, "", None),
    ("telegram", "@ops", 400, '{"ok": false, "description": "Bad Request: BROADCAST_FORBIDDEN"}', None),
]
BROKEN: list[Any] = [
    ("telegram", "4711", 403, '{"ok": false, "description": "bot was blocked"}', "bot was blocked"),
    ("pushover", USER, 400, '{"status": 0, "errors": ["user key is invalid"]}', "user key is invalid"),
    ("voice", "+491701234567", 200, '{"status": "suspended"}', "is suspended"),
    ("discord", "{url}/api/webhooks/1/x", 404, '{"message": "Unknown Webhook"}', "Unknown Webhook"),
    ("slack", "{url}/services/T/B/x", 404, "no_service", "no_service"),
    ("ntfy", "oncall-x", 200, '{"healthy": false}', "not well"),
    ("mattermost", "{url}/hooks/x", 403, "", "not well"),
    ("webhook", "{url}/hook", 410, "", "gone for good"),
]


@pytest.fixture(autouse=True)
def _any_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms are on loopback here."""
    for kind in ("slack", "discord"):
        monkeypatch.setattr(type(channels.get(kind)), "check_address", lambda *_: "")


def ask(receiver: HttpReceiver, kind: str, address: str, status: int, said: str) -> str | None:
    receiver.answer = (status, said)
    return quiet_checks.problem_of(kind, address.format(url=receiver.url))


@pytest.mark.parametrize(
    ("kind", "address", "status", "said", "problem"), FINE, ids=[f"{one[0]} {one[2]}" for one in FINE]
)
def test_what_works(
    provider_http: HttpReceiver, kind: str, address: str, status: int, said: str, problem: str | None
) -> None:
    assert ask(provider_http, kind, address, status, said) == problem


@pytest.mark.parametrize(("kind", "address", "status", "said", "problem"), BROKEN, ids=[one[0] for one in BROKEN])
def test_what_is_broken(
    provider_http: HttpReceiver, kind: str, address: str, status: int, said: str, problem: str
) -> None:
    assert problem in str(ask(provider_http, kind, address, status, said))


@pytest.mark.parametrize("kind", ["telegram", "pushover", "sms", "slack"])
def test_a_provider_that_is_down_says_nothing_about_the_contact(provider_http: HttpReceiver, kind: str) -> None:
    address = next(one[1] for one in FINE if one[0] == kind)
    with pytest.raises(DeliveryError) as refused:
        ask(provider_http, kind, address, 503, "{}")
    assert not refused.value.permanent


def test_nobody_is_asked_about_mail() -> None:
    assert quiet_checks.problem_of("mail", "bob@example.com") is None


@pytest.mark.parametrize(("kind", "words"), [("pigeon", "no such channel"), ("sms", "with its country")])
def test_what_cannot_be_paged_at_all_is_a_problem(kind: str, words: str) -> None:
    assert words in str(quiet_checks.problem_of(kind, "0170"))
