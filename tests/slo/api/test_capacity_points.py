"""Points and forecasts of resources over the API."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from slo.models import ResourceDay
from tests.factories.capacity import ResourceFactory, growing

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(service: Any) -> str:
    resource = ResourceFactory(service=service, limit=100)
    return f"/api/v1/resources/{resource.public_id}/points/"


def test_points_are_stored_once_and_shown(url: str, api_for: Any, now: datetime) -> None:
    api = api_for("slos:write", "slos:read")
    body = {"points": [["2026-03-01", 7], ["2026-03-02T10:00:00Z", 12.5], ["2026-03-02T11:00:00Z", 3]]}
    with time_machine.travel(now, tick=False):
        assert [api.post(url, body).json() for _ in range(2)] == [{"points": 3, "days": 2}] * 2
        days = api.get(url).json()["days"]
    assert days == [
        {"day": "2026-03-01", "maximum": 7.0, "p95": 7.0, "n": 1},
        {"day": "2026-03-02", "maximum": 12.5, "p95": 12.5, "n": 2},
    ]


@pytest.mark.parametrize(
    "points",
    [None, [["2026-03-01"]], [["2026-03-01", "x"]], [["2999-01-01", 1]], [["2026-03-01", 1e18]], [["2100-01-01", 1]]],
    ids=["null", "no value", "no number", "no year", "huge", "future"],
)
def test_wrong_points_are_named_and_nothing_is_stored(url: str, api_for: Any, points: Any) -> None:
    response = api_for("slos:write").post(url, {"points": points})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["points"])
    assert not ResourceDay.objects.exists()


def test_who_may_push(url: str, service: Any, api_for: Any, bob: Any, vera: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    body = {"points": [["2026-03-01", 7]]}
    statuses = [api_for("slos:write", user=user).post(url, body).status_code for user in (bob, vera, charlie)]
    assert statuses == [200, 403, 404]
    assert api_for("slos:read").post(url, body).status_code == 403


def test_the_forecast_of_a_resource(service: Any, api_for: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100)
    with time_machine.travel(now, tick=False):
        body = api_for("slos:read").get(f"/api/v1/resources/{resource.public_id}/forecast/").json()
    assert body["crossing"]["likely"] == "2026-04-03"
    assert (body["current"], body["limit"], body["headroom"], body["n"]) == (69.0, 100.0, 31.0, 20)
    first = now.date() - timedelta(days=20)
    assert (body["window_start"], body["window_end"]) == (first.isoformat(), date(2026, 3, 3).isoformat())


def test_the_forecast_of_nothing(service: Any, api_for: Any) -> None:
    resource = ResourceFactory(service=service)
    body = api_for("slos:read").get(f"/api/v1/resources/{resource.public_id}/forecast/").json()
    assert (body["state"], body["current"], body["headroom"], body["n"]) == ("insufficient_data", None, None, 0)
