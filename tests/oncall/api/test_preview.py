"""The calculator: names that are no users, nothing saved, the code that pages."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule

URL = "/api/v1/schedules/preview/"
ROTATION = {"kind": "weekly", "interval": 1, "starts_at": "2026-03-23T09:00", "time_zone": "Europe/Berlin"}


@pytest.fixture
def api(api_for: Callable[..., APIClient]) -> APIClient:
    """Any token may ask."""
    return api_for("links:read")


def definition(**changes: Any) -> dict[str, Any]:
    layer = {"name": "week", "role": "primary", "rotation": ROTATION, "participants": [["anna"], ["ben"]]}
    span = {"from": "2026-03-23T00:00:00Z", "to": "2026-04-06T00:00:00Z"}
    return {"time_zone": "Europe/Berlin", "layers": [layer], "overrides": [], "swaps": [], **span, **changes}


def test_segments_follow_the_wall_clock(api: APIClient) -> None:
    segments = api.post(URL, definition()).json()["segments"]
    assert [(one["starts_at"], one["people"]) for one in segments] == [
        ("2026-03-23T00:00:00Z", ["ben"]),
        ("2026-03-23T08:00:00Z", ["anna"]),
        ("2026-03-30T07:00:00Z", ["ben"]),
    ]


def test_load_and_gaps_come_along_and_nothing_is_saved(api: APIClient) -> None:
    layer = definition()["layers"][0] | {"effective_from": "2026-03-25T00:00:00Z"}
    answer = api.post(URL, definition(layers=[layer])).json()
    assert [gap["ends_at"] for gap in answer["gaps"]] == ["2026-03-25T00:00:00Z"]
    assert answer["load"]["anna"] == {
        "shifts": 1,
        "hours": 127.0,
        "hours_by_role": {"primary": 127.0},
        "nights": 6,
        "weekends": 1,
        "night_hours": 50.0,
        "weekend_hours": 47.0,
    }
    assert not Schedule.objects.exists()


def test_an_override_replaces_one_person(api: APIClient) -> None:
    hours = {"starts_at": "2026-03-24T00:00:00Z", "ends_at": "2026-03-25T00:00:00Z"}
    override = {"role": "primary", "person": "cleo", "replaces": "anna", **hours}
    segments = api.post(URL, definition(overrides=[override])).json()["segments"]
    assert [(one["people"], one["source"]) for one in segments if one["source"] == "override"] == [
        (["cleo"], "override")
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"to": "2020-01-01T00:00:00Z"}, "to"),
        ({"to": "2030-01-01T00:00:00Z"}, "to"),
        ({"layers": "all"}, "layers"),
        ({"layers": [{"rotation": ROTATION, "participants": [], "restrictions": [{}]}]}, "layers.0.restrictions"),
        ({"swaps": [{}]}, "swaps.0.person"),
        ({"layers": [{"rotation": {"kind": "x"}, "participants": []}]}, "layers.0.rotation.kind"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_input_is_named(api: APIClient, changes: dict[str, Any], field: str) -> None:
    answer = api.post(URL, definition(**changes))
    assert answer.status_code == 422
    assert any(name.startswith(field) for name in answer.json()["errors"])


def test_an_hourly_year_is_answered(api: APIClient) -> None:
    layer = definition()["layers"][0] | {"rotation": ROTATION | {"kind": "hourly"}}
    answer = api.post(URL, definition(layers=[layer], to="2026-06-23T00:00:00Z"))
    assert len(answer.json()["segments"]) > 2000


def test_without_a_token_nothing_is_answered(db: None) -> None:
    assert APIClient().post(URL, definition()).status_code == 401
