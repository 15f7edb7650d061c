"""Changing a schedule from now on, seen before it is saved."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from oncall.selectors import schedules
from tests.oncall.schedule_forms import page_sent

ClientFor = Callable[[Any], Client]


@pytest.fixture
def url(schedule: Schedule) -> str:
    return reverse("schedule_edit", args=[schedule.public_id])


def swapped(client: Client, url: str, alice: Any, bob: Any, **more: str) -> Any:
    """Bob goes before Alice in both layers."""
    places = {
        f"layers-{layer}-slots-{place}-who": user.pk for layer in (0, 1) for place, user in enumerate((bob, alice))
    }
    return client.post(url, page_sent(client.get(url), **places, **more))


def test_the_form_begins_with_what_counts(client_for: ClientFor, alice: Any, bob: Any, url: str) -> None:
    draft = client_for(alice).get(url).context["draft"]
    people = [[slot["who"].value() for slot in row.slots] for row in draft.layers]
    assert people == 2 * [[str(alice.pk), str(bob.pk)]]


def test_a_new_order_counts_from_now_on_and_the_past_stays(
    client_for: ClientFor, alice: Any, bob: Any, url: str, stopped: datetime
) -> None:
    swapped(client_for(alice), url, alice, bob, do="save")
    hour = timedelta(hours=1)
    found = schedules.shifts(Schedule.objects.get(), stopped - hour, stopped + hour)
    assert [str(shift.users[0]) for shift in found if shift.role == "primary"] == ["Alice", "Bob"]


def test_the_preview_names_whoever_gains_and_loses_and_saves_nothing(
    client_for: ClientFor, alice: Any, bob: Any, url: str, stopped: datetime
) -> None:
    answer = swapped(client_for(alice), url, alice, bob, do="preview")
    seen = answer.context["preview"]
    assert (seen.count, [(one.user, one.moves) for one in seen.affected]) == (28, [(alice, 28), (bob, 28)])
    assert Schedule.objects.get().versions.count() == 1


def test_the_preview_warns_of_a_new_gap(client_for: ClientFor, alice: Any, url: str, stopped: datetime) -> None:
    client = client_for(alice)
    hours = {
        "layers-0-windows-0-is_there": "1",
        "layers-0-windows-0-starts": "09:00",
        "layers-0-windows-0-ends": "17:00",
    }
    answer = client.post(url, page_sent(client.get(url), do="preview", **hours))
    assert b"New gap: nobody is primary" in answer.content


def test_a_change_may_be_planned(client_for: ClientFor, alice: Any, bob: Any, url: str, stopped: datetime) -> None:
    swapped(client_for(alice), url, alice, bob, do="save", effective_from="2026-04-01T00:00")
    assert [one.effective_from.day for one in schedules.coming_versions(Schedule.objects.get(), stopped)] == [1]


def test_a_wrong_row_is_told_and_nothing_is_lost(client_for: ClientFor, alice: Any, url: str) -> None:
    client = client_for(alice)
    wrong = {"layers-1-interval": "0", "layers-0-starts_at": "soon"}
    draft = client.post(url, page_sent(client.get(url), do="save", **wrong)).context["draft"]
    assert ["starts_at" in draft.layers[0].form.errors, "interval" in draft.layers[1].form.errors] == [True, True]


def test_a_responder_may_not(client_for: ClientFor, bob: Any, url: str) -> None:
    assert client_for(bob).get(url).status_code == 403


def test_a_person_of_another_team_cannot_be_added(client_for: ClientFor, alice: Any, charlie: Any, url: str) -> None:
    client = client_for(alice)
    told = page_sent(client.get(url), do="save", **{"layers-0-slots-0-who": str(charlie.pk)})
    assert "who" in client.post(url, told).context["draft"].layers[0].slots[0].errors


def test_who_saved_meanwhile_is_told_before_it_is_replaced(
    client_for: ClientFor, alice: Any, bob: Any, url: str, stopped: datetime
) -> None:
    client = client_for(alice)
    begun = str(client.get(url).context["version_seen"])
    swapped(client, url, alice, bob, do="save", note="Ben is away", seen=begun)
    late = swapped(client, url, alice, bob, do="save", seen=begun)
    assert "Alice changed this schedule while you edited it (Ben is away)" in late.content.decode()
    assert swapped(client, url, alice, bob, do="save", seen=str(late.context["version_seen"])).status_code == 302
