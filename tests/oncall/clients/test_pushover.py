"""Pages through Pushover."""

from urllib.parse import parse_qs

import pytest

from oncall.clients import pushover
from oncall.clients.pushover import PushoverChannel
from oncall.exceptions import DeliveryError
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

PUSHOVER = next(one for one in providers.ALL if one.kind == "pushover")


@pytest.mark.usefixtures("provider_http")
def test_what_is_critical_rings_until_it_is_answered() -> None:
    said = pushover.fields(providers.page(PUSHOVER, None))
    assert (said["priority"], said["retry"], said["expire"], said["tags"]) == ("2", "60", "1800", "pag_1")
    assert said["callback"] == "https://portal.example/ingest/callbacks/pushover/tok/"


@pytest.mark.usefixtures("provider_http")
def test_a_warning_rings_once() -> None:
    said = pushover.fields(providers.page(PUSHOVER, None, severity="warning"))
    assert (said["priority"], "retry" in said) == ("1", False)


def test_an_emergency_is_stopped_by_its_receipt(provider_http: HttpReceiver) -> None:
    provider_http.answer = (200, '{"status": 1}')
    pushover.stop_ringing("rec")
    [(path, _, body)] = provider_http.came
    assert (path, parse_qs(body)) == ("/1/receipts/rec/cancel.json", {"token": ["app"]})


def test_an_emergency_that_cannot_be_stopped_is_told(provider_http: HttpReceiver) -> None:
    provider_http.answer = (400, '{"status": 0, "errors": ["receipt not found"]}')
    with pytest.raises(DeliveryError):
        pushover.stop_ringing("rec")


def test_a_key_is_checked_without_a_message(provider_http: HttpReceiver) -> None:
    provider_http.answer = (400, '{"status": 0, "errors": ["user key is invalid"]}')
    assert PushoverChannel().check_person("u" * 30) == "user key is invalid"
    provider_http.answer = (200, '{"status": 1}')
    assert PushoverChannel().check_person("u" * 30) == ""
