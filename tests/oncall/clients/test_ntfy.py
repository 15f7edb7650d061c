"""Pages through ntfy."""

from typing import Any

import pytest

from oncall.clients.ntfy import NtfyChannel
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

NTFY = next(one for one in providers.ALL if one.kind == "ntfy")


@pytest.fixture
def said(provider_http: HttpReceiver) -> Any:
    provider_http.answer = NTFY.takes
    NtfyChannel().send(providers.page(NTFY, provider_http))
    return provider_http.said


def test_a_critical_page_breaks_through(said: Any) -> None:
    assert (said["priority"], said["topic"], said["click"]) == (5, "oncall-x", "https://portal.example/alerts/ack/tok/")


def test_a_button_acts_without_opening_anything(said: Any) -> None:
    assert [(one["action"], one.get("body")) for one in said["actions"]] == [
        ("http", "action=acknowledge"),
        ("http", "action=resolve"),
        ("view", None),
    ]


def test_a_warning_rings_less(provider_http: HttpReceiver) -> None:
    provider_http.answer = NTFY.takes
    NtfyChannel().send(providers.page(NTFY, provider_http, severity="warning"))
    assert provider_http.said["priority"] == 4


def test_our_token_goes_to_our_server_alone(provider_http: HttpReceiver, settings: Any) -> None:
    settings.PORTAL_NTFY_TOKEN, provider_http.answer = "tk_1", NTFY.takes
    NtfyChannel().send(providers.page(NTFY, provider_http))
    settings.PORTAL_NTFY_URL = "https://ntfy.example"
    NtfyChannel().send(providers.page(NTFY, provider_http, address=f"{provider_http.url}/topic"))
    assert ["Authorization" in headers for _, headers, _ in provider_http.came] == [True, False]


@pytest.mark.parametrize(
    ("address", "good"),
    [("oncall-x", True), ("https://n.example/a", True), ("https://n.example/", False), ("a b", False)],
)
def test_a_topic_is_a_name_or_an_address(address: str, good: bool) -> None:
    assert (NtfyChannel().check_address(address) == "") is good
