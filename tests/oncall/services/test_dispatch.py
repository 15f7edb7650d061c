"""Many pages in flight, while one thread holds the rows."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError, connections

from oncall.clients import channels
from oncall.domain.messages import Message, Receipt
from oncall.models import Page
from oncall.selectors import page_queue
from oncall.services import pages
from oncall.services.dispatch import Dispatcher
from tests.factories.oncall import PageFactory, RunFactory


class SlowChannel:
    """Keeps every message until it is let go."""

    kind, label = "mail", "Mail"

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def send(self, message: Message) -> Receipt:
        self.let_go.wait(10)
        return Receipt(message.page_id, "taken")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowChannel:
    monkeypatch.setattr(connections, "close_all", lambda: None)
    channel = SlowChannel()
    monkeypatch.setitem(channels.CHANNELS, "mail", channel)
    return channel


def come_back(dispatcher: Dispatcher, number: int) -> int:
    written = 0
    while written < number and dispatcher.wake.wait(10):
        dispatcher.wake.clear()
        written += dispatcher.finish()
    return written


@pytest.mark.usefixtures("db")
def test_no_more_is_claimed_than_there_are_senders(slow: SlowChannel) -> None:
    run = RunFactory()
    for number in range(5):
        PageFactory(run=run, address=f"{number}@example.com")
    dispatcher = Dispatcher(senders=3)
    assert (dispatcher.claim(), dispatcher.claim()) == (3, 0)
    slow.let_go.set()
    assert come_back(dispatcher, 3) == 3
    assert dispatcher.claim() == 2
    dispatcher.stop(10)
    assert Page.objects.filter(status="sent").count() == 5


@pytest.mark.usefixtures("db")
def test_a_stalled_channel_stands_in_nobodys_way(slow: SlowChannel, monkeypatch: pytest.MonkeyPatch) -> None:
    run = RunFactory()
    stalled = [PageFactory(run=run, address="slow@example.com") for _ in range(page_queue.PER_ADDRESS + 3)]
    PageFactory(run=run, channel="pigeon")
    dispatcher = Dispatcher()
    assert dispatcher.claim() == page_queue.PER_ADDRESS + 1
    assert come_back(dispatcher, 1) == 1
    slow.let_go.set()
    dispatcher.stop(10)
    assert Page.objects.filter(status="sent").count() == len(stalled) - 3


@pytest.mark.usefixtures("db")
def test_an_outcome_that_could_not_be_written_is_written_later(
    slow: SlowChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.let_go.set()
    page = PageFactory()
    dispatcher, kept = Dispatcher(), pages.finish
    errors: list[Exception] = [OperationalError("gone")]
    monkeypatch.setattr(
        "oncall.services.dispatch.pages.finish", lambda *args, **facts: raise_or(kept, errors, *args, **facts)
    )
    dispatcher.claim()
    with pytest.raises(OperationalError):
        come_back(dispatcher, 1)
    assert dispatcher.turn() == 1
    page.refresh_from_db()
    assert page.status == "sent"


def raise_or(work: Callable[..., Any], errors: list[Exception], *args: Any, **facts: Any) -> Any:
    return work(*args, **facts) if not errors else (_ for _ in ()).throw(errors.pop())


def test_a_dispatcher_with_nothing_to_do_stops_at_once(db: None, now: datetime) -> None:
    dispatcher = Dispatcher()
    assert dispatcher.turn() == 0
    dispatcher.stop(0)


@pytest.mark.usefixtures("db")
def test_an_outcome_that_can_never_be_written_keeps_no_sender(
    slow: SlowChannel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    slow.let_go.set()
    PageFactory()
    dispatcher = Dispatcher()
    monkeypatch.setattr("oncall.services.dispatch.pages.finish", lambda *_, **__: raise_or(int, [KeyError("bug")]))
    dispatcher.claim()
    assert come_back(dispatcher, 1) == 1
    assert (dispatcher.busy.total(), "its lease ends" in caplog.text) == (0, True)
