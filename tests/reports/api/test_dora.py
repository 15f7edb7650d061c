"""DORA's numbers for programs."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/services/checkout/dora/"


def ask(api: Any, now: datetime, query: str = "", url: str = URL) -> Any:
    with time_machine.travel(now, tick=False):
        return api.get(f"{url}?{query}")


def test_five_numbers_with_definitions(service: Any, api_for: Any, now: datetime) -> None:
    at = now - timedelta(days=1)
    ReleaseFactory(service=service, started_at=at, committed_at=at - timedelta(hours=2), status="failed")
    body = ask(api_for("reports:read"), now, "from=2026-02-22&until=2026-03-04").json()
    assert body["change_lead_time"]["median_seconds"] == 7200.0
    assert (body["deployment_frequency"]["per_day"], body["change_fail_rate"]["ratio"]) == (0.1, 1.0)
    recovery = body["failed_deployment_recovery_time"]
    assert (recovery["median_seconds"], recovery["n"], recovery["left_out"]) == (None, 0, 1)
    assert (body["rework_rate"]["ratio"], body["rework_rate"]["n"]) == (0.0, 1)
    assert "Distinct failed deployments" in body["change_fail_rate"]["definition"]


def test_no_data_is_null(service: Any, api_for: Any, now: datetime) -> None:
    body = ask(api_for("reports:read"), now).json()
    assert (body["start"], body["end"]) == ("2025-12-04T12:00:00Z", "2026-03-04T12:00:00Z")
    assert [body[key]["ratio"] for key in ("change_fail_rate", "rework_rate")] == [None, None]
    assert body["deployment_frequency"] == body["deployment_frequency"] | {"per_day": None, "n": 0}


def test_the_id_of_a_service_will_do(service: Any, api_for: Any, now: datetime) -> None:
    response = ask(api_for("reports:read"), now, url=f"/api/v1/services/{service.public_id}/dora/")
    assert response.json()["service"] == "checkout"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=soon", "from"),
        ("until=2026-13-01", "until"),
        ("until=0001-01-01T00:00:00%2B14:00", "until"),
        ("from=2026-03-05", "until"),
        ("from=1999-01-01&until=1999-02-01", "from"),
        ("from=2022-01-01", "from"),
    ],
    ids=["word", "no month", "before time", "reversed", "too early", "too long"],
)
def test_a_wrong_period_is_named(service: Any, api_for: Any, now: datetime, query: str, field: str) -> None:
    response = ask(api_for("reports:read"), now, query)
    assert (response.status_code, list(response.json()["errors"])) == (422, [field])


def test_who_may_ask(service: Any, api_for: Any, charlie: Any, now: datetime) -> None:
    service.team.is_private = True
    service.team.save()
    assert ask(api_for("slos:read"), now).status_code == 403
    assert ask(api_for("reports:read", user=charlie), now).status_code == 404
