"""The numbers of an SLO over the API."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from slo.domain.streams import SCALE
from slo.models import Sli, Slo, SloStatus
from slo.services import statuses
from tests.factories.slo import SloStatusFactory, watched_slo

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(service: Any, api_for: Any) -> Any:
    return api_for("slos:read")


@pytest.fixture
def url(service: Any, now: datetime) -> str:
    """The address of an SLO of 99 % that was down for the last ten minutes of two hours."""
    slo = watched_slo(service=service, end=now, pairs=[(10, 10)] * 110 + [(0, 10)] * 10)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    return f"/api/v1/slos/{slo.public_id}/"


def test_the_status_holds_every_number(api: Any, url: str) -> None:
    body = api.get(f"{url}status/").json()
    assert (body["state"], body["good"], body["total"], body["window"]) == ("violated", 1100, 1200, "30 days")
    assert body["budget"] == {
        "allowed_bad": 12.0,
        "bad": 100,
        "consumed_ratio": pytest.approx(100 / 12),
        "remaining_ratio": pytest.approx(1 - 100 / 12),
    }
    assert body["burn"]["5m"] == 100.0
    (first, *_) = body["rules"]
    assert (first["key"], first["firing"], first["threshold"], first["long_seconds"]) == ("page-1h", True, 14.4, 3600.0)
    assert first["detection_seconds"] == 518.4


def test_without_events_numbers_are_null(api: Any, service: Any) -> None:
    slo = SloStatusFactory(slo__service=service).slo
    body = api.get(f"/api/v1/slos/{slo.public_id}/status/").json()
    assert (body["sli_ratio"], body["budget"]["remaining_ratio"], body["rules"][0]["long_burn"]) == (None, None, None)


def test_ratios_of_minutes_are_counted_in_minutes(api: Any, url: str) -> None:
    """A ratio slice is a share of SCALE in the tables, and one minute to everybody who reads it."""
    recipe = {"method": "ratio_timeslices", "parts": [], "is_composite": False, "slice_target": None, "threshold": None}
    more = {"category": "availability", "schedule": [], "zone": "UTC", "every": 60, "depth": 1}
    Sli.objects.update(kind="derived", source="", settings=recipe | more)
    SloStatus.objects.update(good=1_500_000_000, total=2 * SCALE)
    body = api.get(f"{url}status/").json()
    assert (body["good"], body["total"], body["budget"]["bad"], body["budget"]["allowed_bad"]) == (1.5, 2.0, 0.5, 0.02)
    assert api.get(url).json()["status"]["good"] == 1.5
    assert {point["total"] for point in api.get(f"{url}burndown/").json()["points"]} == {6e-07}


def test_the_burn_down_of_the_window(api: Any, url: str) -> None:
    body = api.get(f"{url}burndown/").json()
    assert (body["step_seconds"], len(body["points"])) == (3600.0, 2)
    assert [point["total"] for point in body["points"]] == [600, 600]
    assert [point["remaining_ratio"] for point in body["points"]] == [1.0, pytest.approx(1 - 100 / 12)]


def test_the_burn_down_of_a_time(api: Any, url: str, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        body = api.get(f"{url}burndown/?from=2026-03-04T11:40:00Z&until=2026-03-04T12:00:00Z").json()
    assert (body["start"], body["step_seconds"], len(body["points"])) == ("2026-03-04T11:40:00Z", 60.0, 20)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("range=moon", "range"),
        ("from=yesterday", "from"),
        ("until=2026-03-04T12:00:00Z", "from"),
        ("from=2026-03-04T12:00:00Z&until=2026-03-04T11:00:00Z", "until"),
        ("from=1999-03-04T12:00:00Z", "from"),
    ],
)
def test_a_wrong_time_is_told_at_its_field(api: Any, url: str, query: str, field: str) -> None:
    response = api.get(f"{url}burndown/?{query}")
    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]


def test_another_teams_private_slo_is_not_found(api_for: Any, charlie: Any, url: str) -> None:
    Slo.objects.get().service.team.__class__.objects.update(is_private=True)
    reader = api_for("slos:read", user=charlie)
    assert [reader.get(f"{url}{part}/").status_code for part in ("status", "burndown")] == [404, 404]
