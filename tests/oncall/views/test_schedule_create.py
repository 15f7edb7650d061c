"""Publishing a schedule from a template."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.domain import definitions, starts
from oncall.models import Schedule
from tests.oncall.schedule_forms import page_sent

ClientFor = Callable[[Any], Client]
URL = "/oncall/teams/payments/schedules/new/"


def test_a_manager_publishes_the_weekly_rotation_that_the_form_begins_with(
    client_for: ClientFor, alice: Any, bob: Any
) -> None:
    client = client_for(alice)
    answer = client.post(URL, page_sent(client.get(URL), do="save"))
    schedule = Schedule.objects.get()
    assert answer["Location"] == reverse("schedule_detail", args=[schedule.public_id])
    assert definitions.people_of(schedule.versions.get().definition) == [str(alice.pk), str(bob.pk)]


@pytest.mark.parametrize("start", list(starts.TITLES))
def test_each_template_can_be_previewed(client_for: ClientFor, alice: Any, bob: Any, start: str) -> None:
    client = client_for(alice)
    answer = client.post(URL, page_sent(client.get(URL, {"start": start}), do="preview"))
    assert {one.user for one in answer.context["preview"].affected} == {alice, bob}
    assert not Schedule.objects.exists()


def test_rows_come_by_plain_submits_and_nothing_is_saved(client_for: ClientFor, alice: Any) -> None:
    client = client_for(alice)
    answer = client.post(URL, page_sent(client.get(URL), do="add:layers", name="Mine"))
    assert (len(answer.context["draft"].layers), answer.context["form"]["name"].value()) == (3, "Mine")
    assert not Schedule.objects.exists()


def test_a_responder_may_not(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403


def test_nobody_is_refused(client_for: ClientFor, alice: Any) -> None:
    answer = client_for(alice).post(URL, {"do": "save", "name": "Empty", "time_zone": "UTC"})
    assert b"at least one person" in answer.content


def test_a_second_schedule_of_a_name_is_refused_at_the_name(client_for: ClientFor, alice: Any) -> None:
    client = client_for(alice)
    told = page_sent(client.get(URL), do="save")
    client.post(URL, told)
    assert "name" in client.post(URL, told).context["form"].errors


def test_the_zone_starts_as_the_teams(client_for: ClientFor, alice: Any, team: Any) -> None:
    type(team).objects.update(time_zone="Asia/Tokyo")
    assert b'<option value="Asia/Tokyo" selected>' in client_for(alice).get(URL).content


def test_the_preview_warns_of_people_who_are_on_call_elsewhere_at_once(
    client_for: ClientFor, alice: Any, schedule: Schedule
) -> None:
    client = client_for(alice)
    seen = client.post(URL, page_sent(client.get(URL), do="preview")).context["preview"]
    assert any("Alice: On call in" in text and "This schedule" in text for text in seen.warnings)
