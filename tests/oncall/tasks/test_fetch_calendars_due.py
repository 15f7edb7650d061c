"""The tick that reads calendars."""

from datetime import datetime

from oncall.models import CalendarSource, Schedule
from oncall.services import calendar_sources
from oncall.tasks import fetch_calendars_due
from portal.accounts.domain.actors import Actor


def test_what_cannot_be_read_is_told_and_tried_again(schedule: Schedule, stopped: datetime) -> None:
    calendar_sources.create_source(
        actor=Actor.system("test"), schedule=schedule, name="Gone", url="http://127.0.0.1:9/x.ics", now=stopped
    )
    fetch_calendars_due()
    source = CalendarSource.objects.get()
    assert (bool(source.problem), source.fetch_due_at > stopped, source.shifts) == (True, True, [])
