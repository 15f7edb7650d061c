"""The picture of a schedule, and the same shifts as a list."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import OverrideFactory, ScheduleFactory, schedule_of

ClientFor = Callable[[Any], Client]


def page(client: Client, schedule: Schedule, **asked: str) -> Any:
    return client.get(reverse("schedule_detail", args=[schedule.public_id]), asked)


def test_three_months_are_published(client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime) -> None:
    rows = page(client_for(bob), schedule).context["published"].rows
    assert (rows[0].start, rows[-1].end, len(rows)) == (stopped, stopped + timedelta(days=92), 14)


@pytest.mark.parametrize(("days", "shown"), [("14", 14), ("30", 30), ("92", 92), ("9999", 14), ("x", 14)])
def test_the_range_is_chosen(client_for: ClientFor, bob: Any, schedule: Schedule, days: str, shown: int) -> None:
    drawing = page(client_for(bob), schedule, days=days).context["drawing"]
    assert (drawing.end - drawing.start).days == shown


@pytest.mark.parametrize("first", ["2026-05-01", "0001-01-01", "9999-12-31", "soon"])
def test_any_first_day_is_answered(client_for: ClientFor, bob: Any, schedule: Schedule, first: str) -> None:
    assert page(client_for(bob), schedule, **{"from": first}).status_code == 200


def test_an_override_and_a_gap_are_told_in_words(client_for: ClientFor, bob: Any, team: Any, stopped: datetime) -> None:
    schedule = schedule_of(team=team)
    OverrideFactory(schedule=schedule, user=bob, reason="theatre")
    content = page(client_for(bob), schedule).content
    assert [word in content for word in (b"theatre", b"Override: Bob", b"Gap: nobody", b"Take<span")] == 4 * [True]


def test_fewer_than_three_people_are_a_warning(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    assert b"Only 2 people share" in page(client_for(bob), schedule).content


def test_a_responder_may_override_and_not_edit(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    content = page(client_for(bob), schedule).content
    assert reverse("override_create", args=[schedule.public_id]).encode() in content
    assert reverse("schedule_edit", args=[schedule.public_id]).encode() not in content


def test_a_private_teams_schedule_is_not_found(client_for: ClientFor, bob: Any) -> None:
    hidden = ScheduleFactory(team=TeamFactory(is_private=True))
    assert page(client_for(bob), hidden).status_code == 404


def test_each_shift_of_the_timeline_leads_to_the_form_and_may_be_dropped_on_people(
    client_for: ClientFor, alice: Any, bob: Any, vera: Any, schedule: Schedule, stopped: datetime
) -> None:
    url = reverse("schedule_detail", args=[schedule.public_id])
    page = client_for(bob).get(url).content.decode()
    assert f"overrides/new/?role=primary&amp;replaces={alice.pk}&amp;starts_at=" in page
    assert f'<li data-taker="{bob.pk}">Bob</li>' in page
    assert "data-taker" not in client_for(vera).get(url).content.decode()
