"""Silences by the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Alert
from tests.factories.oncall import SilenceFactory, arriving

ApiFor = Callable[..., APIClient]
pytestmark = pytest.mark.usefixtures("stopped")
SPAN = {"starts_at": "2026-03-04T12:00:00Z", "ends_at": "2026-03-05T13:00:00Z", "comment": "Moving"}


def test_a_silence_holds_and_its_end_lets_go(api_for: ApiFor, team: Any, bob: Any) -> None:
    arriving(team)
    api = api_for("alerts:read", "alerts:write", user=bob)
    given = {"team": team.slug, "matchers": 'severity="critical"', **SPAN}
    made = api.post("/api/v1/silences/", given, format="json")
    assert (made.status_code, made.data["state"], Alert.objects.get().held_by) == (201, "active", "silenced")
    for _ in range(2):
        ended = api.post(f"/api/v1/silences/{made.data['id']}/end/")
        assert (ended.status_code, ended.data["state"], Alert.objects.get().held_by) == (200, "past", "")
    assert api.get("/api/v1/silences/").data["items"][0]["id"] == made.data["id"]
    assert api.get(f"/api/v1/silences/{made.data['id']}/").data["matchers"][0]["value"] == "critical"


def test_a_preview_saves_nothing(api_for: ApiFor, team: Any, vera: Any) -> None:
    alert = arriving(team)
    api = api_for("alerts:read", "alerts:write", user=vera)
    rows = [{"name": "severity", "op": "=~", "value": "crit.*"}]
    found = api.post("/api/v1/silences/preview/", {"team": team.slug, "matchers": rows}, format="json").data
    assert (found["now"], found["now_count"], found["week_count"]) == ([alert.public_id], 1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"matchers": "a"}, "matchers"),
        ({"matchers": [{"name": 1}]}, "matchers"),
        ({"zone": "x"}, "rule"),
        ({"x": 1}, "x"),
    ],
    ids=["line", "rows", "zone", "unknown"],
)
def test_bad_input_is_named(api_for: ApiFor, team: Any, bob: Any, changes: Any, field: str) -> None:
    given = {"team": team.slug, "matchers": "a=b", **SPAN} | changes
    answer = api_for("alerts:write", user=bob).post("/api/v1/silences/", given, format="json")
    assert (answer.status_code, field in answer.json()["errors"]) == (422, True)


def test_who_may_not(api_for: ApiFor, team: Any, vera: Any, other_team: Any, bob: Any) -> None:
    given = {"team": team.slug, "matchers": "a=b", **SPAN}
    assert api_for("alerts:write", user=vera).post("/api/v1/silences/", given, format="json").status_code == 403
    other_team.is_private = True
    other_team.save()
    theirs = SilenceFactory(team=other_team)
    assert api_for("alerts:read", user=bob).get(f"/api/v1/silences/{theirs.public_id}/").status_code == 404
