import csv
from datetime import datetime
from typing import Any

import pytest

from oncall.models import Schedule
from tests.factories.oncall import NOON, schedule_of
from tests.oncall.duty import page

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/reports/load.csv"


def rows(client: Any, query: str) -> list[dict[str, str]]:
    answer = client.get(f"{ADDRESS}?team=payments&month=2026-03{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(answer.content.decode().splitlines()))


def test_each_person_has_a_row_in_all_and_in_each_rotation(
    client_for: Any, alice: Any, team: Any, schedule: Schedule, stopped: datetime
) -> None:
    page(alice, team, NOON)
    found = rows(client_for(alice), "")
    assert [(one["rotation"], one["person"]) for one in found] == [
        ("", "Alice"),
        ("", "Bob"),
        (schedule.name, "Alice"),
        (schedule.name, "Bob"),
    ]
    assert float(found[0]["primary_hours"]) + float(found[0]["secondary_hours"]) == float(found[0]["hours"])
    assert (found[0]["pages"], found[1]["pages"]) == ("1", "0")


def test_one_rotation_can_be_asked_for(client_for: Any, alice: Any, team: Any, schedule: Schedule) -> None:
    other = schedule_of(alice, team=team)
    found = rows(client_for(alice), f"&rotation={other.public_id}")
    assert {one["rotation"] for one in found} == {"", other.name}


def test_no_name_is_a_formula(client_for: Any, alice: Any, bob: Any, team: Any, schedule: Schedule) -> None:
    bob.name = "=1+1"
    bob.save()
    assert "'=1+1" in [one["person"] for one in rows(client_for(alice), "")]


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_nobody_else_reads_the_team(client_for: Any, request: Any, team: Any, who: str) -> None:
    assert client_for(request.getfixturevalue(who)).get(f"{ADDRESS}?team=payments").status_code == 403


def test_who_manages_nothing_is_shown_their_own(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get(ADDRESS).url == "/oncall/reports/me/"
