"""Fetching calendars from a real server that can misbehave."""

from collections.abc import Iterator
from typing import Any

import pytest

from oncall.clients import calendars
from oncall.clients.calendars import CalendarUnreachable, Fetched
from tests.shortener.receiver import Receiver, receiving, status


@pytest.fixture
def server(settings: Any) -> Iterator[Receiver]:
    """A server of calendars on loopback."""
    with receiving(settings) as found:
        yield found


def test_it_is_fetched_with_its_tag_and_asked_for_again_with_it(server: Receiver) -> None:
    server.plan = [status(200, b"BEGIN:VCALENDAR", ETag='"1"'), status(304)]
    assert calendars.fetch(server.url) == Fetched(b"BEGIN:VCALENDAR", '"1"')
    assert calendars.fetch(server.url, '"1"') == Fetched(None, '"1"')
    assert server.came[1][1]["if-none-match"] == '"1"'


@pytest.mark.parametrize("code", [304, 401, 404, 500])
def test_another_answer_says_which(server: Receiver, code: int) -> None:
    server.plan = [status(code)]
    with pytest.raises(CalendarUnreachable, match=str(code)):
        calendars.fetch(server.url)


def test_what_is_too_large_is_refused(server: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MAX_BYTES", 10)
    server.plan = [status(200, b"x" * 100)]
    with pytest.raises(CalendarUnreachable, match="larger"):
        calendars.fetch(server.url)


def test_a_private_address_is_not_asked() -> None:
    with pytest.raises(CalendarUnreachable):
        calendars.fetch("http://127.0.0.1:9/x.ics")


def test_webcal_means_https() -> None:
    assert calendars.http_url(" webcal://example.com/a.ics") == "https://example.com/a.ics"
    assert (calendars.check("webcal://example.com/a.ics"), bool(calendars.check("ftp://x"))) == ("", True)
