from datetime import datetime
from typing import Any

import pytest

from oncall.models import Schedule
from tests.factories.oncall import schedule_of

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/reports/"


def test_a_manager_sees_the_team_by_person_and_rotation(
    client_for: Any, alice: Any, schedule: Schedule, stopped: datetime
) -> None:
    page = client_for(alice).get(f"{ADDRESS}?team=payments&month=2026-03").content.decode()
    assert all(text in page for text in ("Alice", "Bob", schedule.name, "Hours on duty per week", "shared evenly"))
    assert "Nobody had too much" not in page


def test_who_manages_nothing_is_shown_their_own(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get(ADDRESS).url == "/oncall/reports/me/"


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_nobody_else_sees_the_team(client_for: Any, request: Any, team: Any, who: str) -> None:
    assert client_for(request.getfixturevalue(who)).get(f"{ADDRESS}?team=payments").status_code == 403


def test_a_private_team_is_not_there(client_for: Any, team: Any, charlie: Any) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(f"{ADDRESS}?team=payments").status_code == 404


@pytest.mark.parametrize("query", ["?month=march", "?month=9999-12", "?month=-", "?team=&month="])
def test_any_month_is_answered(client_for: Any, alice: Any, query: str) -> None:
    page = client_for(alice).get(f"{ADDRESS}{query}")
    assert page.status_code == 200
    assert "Nobody was on duty" in page.content.decode()


def test_one_rotation_is_shown_alone_with_the_hours_of_each_role(
    client_for: Any, alice: Any, team: Any, schedule: Schedule, stopped: datetime
) -> None:
    other = schedule_of(alice, team=team)
    found = client_for(alice).get(f"{ADDRESS}?team=payments&month=2026-03&rotation={other.public_id}")
    assert [one.schedule for one in found.context["report"].rotations] == [other]
    assert f"Twelve weeks of {other}" in found.content.decode()
    assert "h primary" in found.content.decode()
    assert f"rotation={other.public_id}" in found.context["later"]


def test_a_rotation_of_another_team_counts_as_none(client_for: Any, alice: Any, schedule: Schedule) -> None:
    found = client_for(alice).get(f"{ADDRESS}?team=payments&month=2026-03&rotation=sch_elsewhere")
    assert found.context["month"].month == 3
    assert [one.schedule for one in found.context["report"].rotations] == [schedule]


def test_the_team_that_was_asked_for_stays_chosen(client_for: Any, alice: Any, team: Any) -> None:
    page = client_for(alice).get(f"{ADDRESS}?team=payments").content.decode()
    assert '<option value="payments" selected>' in page
