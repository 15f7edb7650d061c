"""Importing schedules through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from rest_framework.test import APIClient

from oncall.models import Schedule
from tests.oncall.domain.imports.exports import export

ApiFor = Callable[..., APIClient]
URL = "/api/v1/schedule-imports/"


def asked(team: Any, **changes: Any) -> dict[str, Any]:
    return {"system": "opsgenie", "team": team.slug, "documents": export("opsgenie")} | changes


def test_a_dry_run_reports_and_makes_nothing(api_for: ApiFor, alice: Any, team: Any) -> None:
    told = api_for("oncall:write", user=alice).post(URL, asked(team), format="json").json()
    assert [one["user"] for one in told["people"]] == [None, None, None]
    assert (told["schedules"][0]["compared"], told["schedules"][0]["differences"]) == (12, 0)
    assert not Schedule.objects.exists()


def test_it_makes_what_is_wanted_with_the_people_told(
    api_for: ApiFor, alice: Any, team: Any, stopped: datetime
) -> None:
    key = "4513b7ea-3b91-438f-b7e4-e3e54af9147c"
    changes = {
        "dry_run": False,
        "people": {key: "alice@example.com"},
        "wanted": [export("opsgenie")[0]["data"][0]["id"]],
    }
    told = api_for("oncall:write", user=alice).post(URL, asked(team, **changes), format="json").json()
    assert told["schedules"][0]["id"] == Schedule.objects.get().public_id


def test_a_responder_may_not(api_for: ApiFor, bob: Any, team: Any) -> None:
    assert api_for("oncall:write", user=bob).post(URL, asked(team), format="json").status_code == 403


def test_an_unknown_system_is_named(api_for: ApiFor, alice: Any, team: Any) -> None:
    answer = api_for("oncall:write", user=alice).post(URL, asked(team, system="x"), format="json")
    assert list(answer.json()["errors"]) == ["system"]
