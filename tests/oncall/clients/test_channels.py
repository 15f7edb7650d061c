"""The contract of all channels, each against a real receiver that takes, refuses, fails, stalls, lies and cuts."""

from typing import Any

import pytest
from apprise.plugins.prowl import NotifyProwl

from oncall.clients import channels
from oncall.domain.messages import Message
from oncall.exceptions import DeliveryError
from tests.oncall.clients import providers
from tests.oncall.clients.providers import Provider

BY_KIND = [pytest.param(one, id=one.kind) for one in providers.ALL]
PATIENCE = 0.08


@pytest.fixture
def receiver(request: pytest.FixtureRequest, provider: Provider) -> Any:
    return request.getfixturevalue("provider_smtp" if provider.kind == "mail" else "provider_http")


@pytest.fixture
def message(provider: Provider, receiver: Any) -> Message:
    receiver.answer = provider.takes
    return providers.page(provider, receiver)


def outcome(message: Message, kind: str) -> str:
    try:
        channels.get(kind).send(message)
    except DeliveryError as error:
        return "permanent" if error.permanent else "temporary"
    return "sent"


@pytest.mark.parametrize("provider", BY_KIND)
def test_a_page_that_is_taken_brings_its_id_back(provider: Provider, message: Message) -> None:
    receipt = channels.get(provider.kind).send(message)
    assert provider.provider_id in receipt.provider_id


@pytest.mark.parametrize("provider", BY_KIND)
def test_a_failure_may_be_repeated(provider: Provider, message: Message, receiver: Any) -> None:
    receiver.answer = (451 if provider.kind == "mail" else 500, "broken")
    assert outcome(message, provider.kind) == "temporary"


@pytest.mark.parametrize("provider", BY_KIND)
def test_a_provider_that_is_busy_is_asked_again(provider: Provider, message: Message, receiver: Any) -> None:
    receiver.answer = (452, "full") if provider.kind == "mail" else providers.BUSY
    assert outcome(message, provider.kind) == "temporary"


@pytest.mark.parametrize("provider", BY_KIND)
def test_a_refusal_is_for_good(provider: Provider, message: Message, receiver: Any) -> None:
    receiver.answer = provider.refuses
    assert outcome(message, provider.kind) == "permanent"


@pytest.mark.parametrize("provider", BY_KIND)
def test_a_provider_that_stalls_is_left_in_time(
    provider: Provider, message: Message, receiver: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.mood = "stalls"
    settings.PORTAL_CHANNEL_TIMEOUT = settings.EMAIL_TIMEOUT = PATIENCE
    monkeypatch.setattr(NotifyProwl, "socket_read_timeout", PATIENCE)
    assert outcome(message, provider.kind) == "temporary"


@pytest.mark.parametrize("provider", BY_KIND)
def test_yes_that_means_no_is_seen_through(provider: Provider, message: Message, receiver: Any) -> None:
    receiver.answer = (provider.takes[0], provider.lie)
    assert outcome(message, provider.kind) == provider.lie_is


@pytest.mark.parametrize("provider", BY_KIND)
def test_a_cut_connection_may_be_repeated(provider: Provider, message: Message, receiver: Any) -> None:
    receiver.mood = "cuts"
    assert outcome(message, provider.kind) == "temporary"


@pytest.mark.parametrize("provider", [one for one in BY_KIND if one.id != "apprise"])
def test_a_repeat_carries_the_same_id(provider: Provider, message: Message, receiver: Any) -> None:
    for _ in range(2):
        channels.get(provider.kind).send(message)
    told = [str(one) for one in receiver.came]
    assert len(told) == 2
    assert all("pag_1" in one for one in told)


@pytest.mark.parametrize("provider", BY_KIND)
def test_what_only_tells_something_asks_for_no_answer(provider: Provider, receiver: Any) -> None:
    receiver.answer = provider.takes
    note = providers.page(provider, receiver, ack_url="", code="", token="", callback_url="", image_url="")
    channels.get(provider.kind).send(note)
    assert not any(word in str(receiver.came).lower() for word in ("acknowledge", "callback=", "gather"))


@pytest.mark.parametrize("kind", list(channels.CHANNELS))
def test_an_address_of_another_kind_is_named(kind: str) -> None:
    assert channels.get(kind).check_address("not an address")


def test_each_channel_says_what_an_address_looks_like() -> None:
    assert all(one.hint and one.label and (one.for_people or one.for_teams) for one in channels.ALL)


def test_a_channel_that_is_gone_cannot_be_repaired_by_waiting() -> None:
    with pytest.raises(DeliveryError) as refused:
        channels.get("pigeon")
    assert refused.value.permanent


def test_a_kind_is_called_by_its_label() -> None:
    assert (channels.label_of("sms"), channels.label_of("pigeon")) == ("SMS", "pigeon")
