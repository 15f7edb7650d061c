"""What one shift tells the next."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule

ClientFor = Callable[[Any], Client]


def test_a_responder_leaves_a_note(client_for: ClientFor, bob: Any, schedule: Schedule, fired: Any) -> None:
    url = reverse("schedule_handoff", args=[schedule.public_id])
    content = client_for(bob).post(url, {"text": "Watch the disk."}, follow=True).content
    assert [b"Watch the disk." in content, b"Restart the checkout" in content] == [True, True]


def test_a_viewer_reads_and_does_not_write(client_for: ClientFor, vera: Any, schedule: Schedule) -> None:
    url = reverse("schedule_handoff", args=[schedule.public_id])
    client = client_for(vera)
    assert [client.get(url).status_code, client.post(url, {"text": "x"}).status_code] == [200, 403]


def test_an_empty_note_is_refused(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    answer = client_for(bob).post(reverse("schedule_handoff", args=[schedule.public_id]), {"text": " "})
    assert "text" in answer.context["form"].errors
