"""A calendar that the stories of its pages begin with."""

from datetime import UTC, datetime
from typing import Any

from oncall.models import CalendarSource, Schedule
from portal.lib import sealing


def calendar_of(schedule: Schedule, **facts: Any) -> CalendarSource:
    """A calendar at an address where nobody listens."""
    told: dict[str, Any] = {"name": "Google", "role": "primary", "url": sealing.seal("http://127.0.0.1:9/x.ics")}
    due = datetime(2026, 3, 4, 12, tzinfo=UTC)
    return CalendarSource.objects.create(schedule=schedule, fetch_due_at=due, **(told | facts))


def ics(summary: str, at: datetime) -> bytes:
    """A file with one event of an hour."""
    event = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", f"DTSTART:{at:%Y%m%dT%H%M%SZ}", "DURATION:PT1H"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *event, f"SUMMARY:{summary}", "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join([*lines, ""]).encode()
