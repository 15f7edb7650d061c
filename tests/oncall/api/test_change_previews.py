"""A change is rehearsed before it is saved."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule, ScheduleVersion
from oncall.selectors import change_previews, schedules
from tests.factories.oncall import schedule_of

ApiFor = Callable[..., APIClient]
ROTATION = {"kind": "weekly", "interval": 1, "starts_at": "2026-03-02T09:00"}


def definition(*people: str, **layer: Any) -> dict[str, Any]:
    groups = [[person] for person in people]
    return {"time_zone": "UTC", "layers": [{"role": "primary", "rotation": ROTATION, "participants": groups} | layer]}


@pytest.fixture
def url(schedule: Schedule, stopped: datetime) -> str:
    return f"/api/v1/schedules/{schedule.public_id}/preview/"


def test_it_says_whose_shifts_move_and_saves_nothing(api_for: ApiFor, vera: Any, bob: Any, url: str) -> None:
    told = {"definition": definition("bob@example.com", "alice@example.com")}
    found = api_for("oncall:read", user=vera).post(url, told).json()
    first = found["moves"][0]
    assert (first["role"], first["before"][0]["name"], first["after"][0]["name"]) == ("primary", "Alice", "Bob")
    assert {one["person"]["name"]: one["is_affected"] for one in found["people"]} == {"Alice": True, "Bob": True}
    assert [one["kind"] for one in found["warnings"]] == ["too-few"]
    assert ScheduleVersion.objects.count() == 1


def test_new_gaps_are_named(api_for: ApiFor, alice: Any, url: str) -> None:
    office = {"weekdays": ["mon"], "from": "09:00", "to": "17:00"}
    told = {"definition": definition("alice@example.com", restrictions=[office])}
    found = api_for("oncall:read", user=alice).post(url, told).json()
    assert found["new_gaps"][0] == {
        "starts_at": "2026-03-04T12:00:00Z",
        "ends_at": "2026-03-09T09:00:00Z",
        "role": "primary",
    }


def test_bad_input_is_named_by_its_path(api_for: ApiFor, alice: Any, url: str) -> None:
    api = api_for("oncall:read", user=alice)
    assert list(api.post(url, {"definition": {}}).json()["errors"]) == ["definition.layers"]
    told = {"definition": definition("usr_x")}
    assert list(api.post(url, told).json()["errors"]) == ["definition.layers.0.participants.0.0"]


def test_double_bookings_are_warned_of(
    schedule: Schedule, other_team: Any, alice: Any, bob: Any, now: datetime
) -> None:
    schedule_of(alice, team=other_team)
    [fresh] = schedules.schedules_of(schedule.team_id)
    found = change_previews.preview(fresh, definition(str(alice.pk), str(bob.pk)), now)
    assert {(one.person, len(one.schedules)) for one in found.clashes} == {(str(alice.pk), 2)}
    assert "double" in {kind for kind, _, _ in found.warnings}


def test_a_planned_version_ends_what_is_tried(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    later = datetime.fromisoformat("2026-03-05T00:00:00+00:00")
    old = schedule.versions.get().definition
    schedule.versions.update(effective_until=later)
    ScheduleVersion.objects.create(schedule=schedule, zone="UTC", definition=old, effective_from=later)
    [fresh] = schedules.schedules_of(schedule.team_id)
    found = change_previews.preview(fresh, definition(str(bob.pk), str(alice.pk)), now)
    assert [(one.start, one.end) for one in found.moves if one.role == "primary"] == [(now, later)]
