"""Calendars elsewhere as layers: the last good content stays in force."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import CalendarSource, Schedule
from oncall.selectors import schedules
from oncall.services import calendar_sources
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Conflict, Invalid
from tests.shortener.receiver import Receiver, receiving, status

SYSTEM = Actor.system("test")
HOUR = timedelta(hours=1)
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART:20260304T130000Z\r\nDTEND:20260304T150000Z\r\nSUMMARY:{who}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
Made = Callable[..., CalendarSource]


def ics(who: str) -> bytes:
    return EVENT.format(who=who).encode()


@pytest.fixture
def server(settings: Any) -> Iterator[Receiver]:
    """A server of calendars on loopback that says Bob, once."""
    with receiving(settings) as found:
        found.plan = [status(200, ics("Bob"), ETag='"1"')]
        yield found


@pytest.fixture
def source(schedule: Schedule, server: Receiver, now: datetime) -> CalendarSource:
    """A calendar of the schedule that goes before its rotation."""
    return calendar_sources.create_source(
        actor=SYSTEM, schedule=schedule, name="Google", url=server.url, level=10, now=now
    )


def primary_at(schedule: Schedule, at: datetime) -> list[str]:
    found = schedules.get_schedule(SYSTEM, schedule.public_id)
    return [str(one.user) for one in schedules.on_call_of([found], now=at) if one.role == "primary"]


def test_what_is_fetched_counts_as_a_layer(source: CalendarSource, now: datetime) -> None:
    assert calendar_sources.fetch_due(now=now) == 1
    assert primary_at(source.schedule, now + HOUR) == ["Bob"]
    assert primary_at(source.schedule, now) == ["Alice"]


def test_nothing_is_due_again_before_its_time(source: CalendarSource, server: Receiver, now: datetime) -> None:
    for minutes in (0, 1, 14, 15):
        calendar_sources.fetch_due(now=now + timedelta(minutes=minutes))
    assert len(server.came) == 2


@pytest.mark.parametrize("bad", [status(500), status(200, b"<html>sign in</html>")], ids=["failing", "no calendar"])
def test_the_last_good_content_stays_in_force(
    source: CalendarSource, server: Receiver, now: datetime, bad: Any
) -> None:
    calendar_sources.fetch_due(now=now)
    server.plan = [bad]
    assert calendar_sources.fetch_due(now=now + HOUR) == 0
    source.refresh_from_db()
    assert (primary_at(source.schedule, now + HOUR), bool(source.problem)) == (["Bob"], True)


def test_it_recovers_by_itself(source: CalendarSource, server: Receiver, now: datetime) -> None:
    server.plan = [status(500), status(200, ics("Bob"))]
    calendar_sources.fetch_due(now=now)
    calendar_sources.fetch_due(now=now + calendar_sources.AFTER_FAILURE)
    source.refresh_from_db()
    assert (source.problem, len(source.shifts)) == ("", 1)


def test_what_has_not_changed_is_not_sent_again_within_a_week(
    source: CalendarSource, server: Receiver, now: datetime
) -> None:
    server.plan = [status(200, ics("Bob"), ETag='"1"'), status(304)]
    calendar_sources.fetch_due(now=now)
    assert calendar_sources.fetch_due(now=now + HOUR) == 1
    calendar_sources.fetch_due(now=now + timedelta(weeks=1))
    assert ["if-none-match" in headers for _, headers, _ in server.came] == [False, True, False]


def test_unknown_people_are_told_and_can_be_named(
    source: CalendarSource, server: Receiver, bob: Any, now: datetime
) -> None:
    server.plan = [status(200, ics("Der Chef"))]
    calendar_sources.fetch_due(now=now)
    source.refresh_from_db()
    assert (source.unknown, source.shifts) == (["Der Chef"], [])
    calendar_sources.set_people(actor=SYSTEM, source=source, people={"Der Chef": str(bob.pk)}, now=now)
    calendar_sources.fetch_due(now=now)
    assert primary_at(source.schedule, now + HOUR) == ["Bob"]


def test_only_members_can_be_named(source: CalendarSource, charlie: Any, now: datetime) -> None:
    with pytest.raises(Invalid):
        calendar_sources.set_people(actor=SYSTEM, source=source, people={"x": str(charlie.pk)}, now=now)


def test_a_file_counts_and_is_never_fetched(schedule: Schedule, now: datetime) -> None:
    facts: dict[str, Any] = {
        "name": "File",
        "url": "",
        "role": "primary",
        "level": 9,
        "content": ics("bob@example.com"),
    }
    calendar_sources.add_source(actor=SYSTEM, schedule=schedule, now=now, **facts)
    assert primary_at(schedule, now + HOUR) == ["Bob"]
    assert calendar_sources.fetch_due(now=now + timedelta(days=999)) == 0


def test_a_broken_file_is_not_kept(schedule: Schedule, now: datetime) -> None:
    facts: dict[str, Any] = {"name": "File", "url": "", "role": "primary", "level": 9, "content": b"x"}
    with pytest.raises(Invalid) as refused:
        calendar_sources.add_source(actor=SYSTEM, schedule=schedule, now=now, **facts)
    assert (list(refused.value.fields), CalendarSource.objects.count()) == (["file"], 0)


def test_the_address_is_sealed(source: CalendarSource, server: Receiver) -> None:
    assert server.netloc not in CalendarSource.objects.get().url


def test_names_are_unique_and_all_errors_come_at_once(source: CalendarSource, now: datetime) -> None:
    with pytest.raises(Conflict):
        calendar_sources.create_source(actor=SYSTEM, schedule=source.schedule, name="Google", url="", now=now)
    with pytest.raises(Invalid) as refused:
        calendar_sources.create_source(
            actor=SYSTEM, schedule=source.schedule, name="", url="ftp://x", role="x", level=-1, now=now
        )
    assert sorted(refused.value.fields) == ["level", "name", "role", "url"]


def test_a_removed_calendar_counts_no_more(source: CalendarSource, now: datetime) -> None:
    calendar_sources.fetch_due(now=now)
    calendar_sources.delete_source(actor=SYSTEM, source=source, now=now)
    assert primary_at(source.schedule, now + HOUR) == ["Alice"]
