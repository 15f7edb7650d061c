"""The calendar that a token opens."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from oncall.models import Schedule
from oncall.services import calendar_feeds
from portal.accounts.domain.actors import Actor


@pytest.fixture
def url(alice: Any, schedule: Schedule, stopped: datetime) -> str:
    """The address of a feed of the schedule."""
    token = calendar_feeds.create_feed(actor=Actor.system("test"), owner_id=alice.pk, schedule=schedule, now=stopped)[1]
    return f"/calendar/{token}.ics"


def test_whoever_has_the_address_reads_the_shifts(url: str) -> None:
    answer = Client().get(url)
    calendar = Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {str(one["SUMMARY"]).split(":")[0] for one in calendar.walk("VEVENT")} == {"Alice", "Bob"}


def test_whoever_has_it_already_is_told_so(url: str) -> None:
    first = Client().get(url)
    again = Client().get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_wrong_token_is_not_found(url: str) -> None:
    assert Client().get(url.replace("/calendar/", "/calendar/x")).status_code == 404
