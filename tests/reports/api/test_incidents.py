from collections.abc import Callable
from datetime import datetime
from typing import Any

import time_machine

from tests.factories.incidents import resolved_incident

ApiFor = Callable[..., Any]
URL = "/api/v1/reports/incidents/"


def test_programs_read_the_same_numbers(api_for: ApiFor, team: Any, now: datetime) -> None:
    for _ in range(5):
        resolved_incident(team=team)
    api = api_for("reports:read")
    with time_machine.travel(now, tick=False):
        body = api.get(URL, {"days": 30}).json()
    assert (body["incidents"], body["by_severity"]["2"]) == (5, 5)
    assert body["measures"][0]["median"] == {"seconds": 3900.0, "at_least": False}


def test_no_percentile_of_fewer_than_five(api_for: ApiFor, team: Any, now: datetime) -> None:
    resolved_incident(team=team)
    api = api_for("reports:read")
    with time_machine.travel(now, tick=False):
        assert api.get(URL).json()["measures"][0]["median"] is None


def test_a_wrong_period_is_named(api_for: ApiFor) -> None:
    assert "days" in api_for("reports:read").get(URL, {"days": 7}).json()["errors"]


def test_it_needs_its_scope(api_for: ApiFor) -> None:
    assert api_for("incidents:read").get(URL).status_code == 403
