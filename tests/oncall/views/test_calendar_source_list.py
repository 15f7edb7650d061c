"""The calendars of a schedule."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oncall.models import CalendarSource, Schedule

ClientFor = Callable[[Any], Client]
FACTS = {"name": "Google", "role": "primary", "level": "10"}


@pytest.fixture
def url(schedule: Schedule) -> str:
    return reverse("calendar_source_list", args=[schedule.public_id])


def test_an_address_becomes_a_layer_and_is_shown_by_its_host(client_for: ClientFor, alice: Any, url: str) -> None:
    client = client_for(alice)
    assert client.post(url, FACTS | {"url": "https://calendar.example.com/secret.ics"}).status_code == 302
    content = client.get(url).content
    assert (b"calendar.example.com" in content, b"secret.ics" in content) == (True, False)


def test_a_file_that_cannot_be_read_is_told_at_its_field(client_for: ClientFor, alice: Any, url: str) -> None:
    answer = client_for(alice).post(url, FACTS | {"file": SimpleUploadedFile("x.ics", b"x")})
    assert "file" in answer.context["form"].errors
    assert not CalendarSource.objects.exists()


def test_a_responder_reads_and_may_not_add(client_for: ClientFor, bob: Any, url: str) -> None:
    assert b"Add a calendar" not in client_for(bob).get(url).content
    assert client_for(bob).post(url, FACTS | {"url": "https://example.com/"}).status_code == 403
