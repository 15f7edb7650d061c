"""Load through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule
from tests.factories.oncall import schedule_of

pytestmark = pytest.mark.django_db
LOAD = "/api/v1/oncall/load/"


def test_a_manager_reads_the_load_of_the_team(
    api_for: Callable[..., APIClient], schedule: Schedule, alice: Any, stopped: datetime
) -> None:
    found = api_for("oncall:read", user=alice).get(f"{LOAD}?team=payments&month=2026-03").json()
    assert [one["user"]["name"] for one in found["people"]] == ["Alice", "Bob"]
    assert found["people"][0]["load"]["seconds_by_role"]["primary"] > 0
    assert found["rotations"][0]["balances"][0]["verdict"] == "even"


def test_each_person_reads_their_own(api_for: Callable[..., APIClient], schedule: Schedule, bob: Any) -> None:
    found = api_for("oncall:read", user=bob).get(f"{LOAD}?month=2026-03").json()
    assert [one["user"]["name"] for one in found["people"]] == ["Bob"]


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_nobody_else_reads_the_team(api_for: Callable[..., APIClient], request: Any, team: Any, who: str) -> None:
    user = request.getfixturevalue(who)
    assert api_for("oncall:read", user=user).get(f"{LOAD}?team=payments").status_code == 403


def test_a_private_team_is_not_there(api_for: Callable[..., APIClient], team: Any, charlie: Any) -> None:
    team.is_private = True
    team.save()
    assert api_for("oncall:read", user=charlie).get(f"{LOAD}?team=payments").status_code == 404


def test_the_scope_is_needed(api_for: Callable[..., APIClient], alice: Any) -> None:
    assert api_for("alerts:read", user=alice).get(LOAD).status_code == 403


@pytest.mark.parametrize("month", ["march", "2026-13", "9999-01", "%2D"])
def test_a_month_that_is_none_is_named(api_for: Callable[..., APIClient], alice: Any, month: str) -> None:
    answer = api_for("oncall:read", user=alice).get(f"{LOAD}?month={month}")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["month"])


def test_one_rotation_is_read_alone(api_for: Callable[..., APIClient], schedule: Schedule, alice: Any) -> None:
    other = schedule_of(alice, team=schedule.team)
    address = f"{LOAD}?team=payments&month=2026-03&rotation="
    found = api_for("oncall:read", user=alice).get(f"{address}{other.public_id}").json()
    assert [one["schedule"] for one in found["rotations"]] == [other.public_id]
    assert api_for("oncall:read", user=alice).get(f"{address}sch_none").status_code == 404
