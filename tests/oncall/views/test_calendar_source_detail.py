"""One calendar: what it says, whom it means, what is wrong."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oncall.models import CalendarSource, Schedule
from tests.oncall.views.calendars import calendar_of, ics

ClientFor = Callable[[Any], Client]


def url_of(source: CalendarSource) -> str:
    return reverse("calendar_source_detail", args=[source.public_id])


def test_it_shows_shifts_problems_and_unknown_people(client_for: ClientFor, vera: Any, schedule: Schedule) -> None:
    shift = {"starts_at": "2199-03-01T00:00:00Z", "ends_at": "2199-03-02T00:00:00Z", "people": [str(vera.pk)]}
    source = calendar_of(schedule, problem="It answered 500.", unknown=["Der Chef"], shifts=[shift])
    content = client_for(vera).get(url_of(source)).content
    assert all(text in content for text in (b"It answered 500.", b"Der Chef", b"Vera", b"127.0.0.1"))


def test_a_manager_says_who_is_meant(client_for: ClientFor, alice: Any, bob: Any, schedule: Schedule) -> None:
    source = calendar_of(schedule, unknown=["Der Chef"])
    client_for(alice).post(url_of(source), {"person-0": bob.pk})
    source.refresh_from_db()
    assert source.people == {"der chef": str(bob.pk)}


def test_a_responder_may_not(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    source = calendar_of(schedule, unknown=["Der Chef"])
    assert client_for(bob).post(url_of(source), {"person-0": bob.pk}).status_code == 403


def test_a_file_is_read_again_with_the_choices(client_for: ClientFor, alice: Any, bob: Any, schedule: Schedule) -> None:
    source = calendar_of(schedule, url="", unknown=["Der Chef"])
    file = SimpleUploadedFile("x.ics", ics("Der Chef", datetime.now(UTC) + timedelta(days=1)))
    client_for(alice).post(url_of(source), {"person-0": bob.pk, "file": file})
    source.refresh_from_db()
    assert [one["people"] for one in source.shifts] == [[str(bob.pk)]]


def test_a_file_that_cannot_be_read_is_told(client_for: ClientFor, alice: Any, schedule: Schedule) -> None:
    source = calendar_of(schedule, url="")
    answer = client_for(alice).post(url_of(source), {"file": SimpleUploadedFile("x.ics", b"x")})
    assert "file" in answer.context["form"].errors
