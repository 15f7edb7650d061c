"""Releases over the API."""

from decimal import Decimal
from typing import Any

import pytest

from slo.models import Release
from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/releases/"
BODY = {"service": "checkout", "version": "2.0.1", "percentage": 12.5, "status": "running"}


def test_a_pipeline_records_a_release(service: Any, api_for: Any) -> None:
    response = api_for("releases:write").post(URL, {**BODY, "started_at": "2026-03-04T11:00:00Z"})
    body = response.json()
    assert (response.status_code, body["percentage"], body["started_at"]) == (201, 12.5, "2026-03-04T11:00:00Z")
    assert Release.objects.get().rollout_ratio == Decimal("0.125")


def test_a_repeat_with_a_key_records_one(service: Any, api_for: Any) -> None:
    api = api_for("releases:write")
    ids = {api.post(URL, BODY, headers={"Idempotency-Key": "run-7"}).json()["id"] for _ in range(2)}
    assert len(ids) == Release.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", " "), ("percentage", 101), ("status", "lost"), ("url", "nothing"), ("service", "x"), ("colour", 1)],
)
def test_wrong_fields_are_named(service: Any, api_for: Any, field: str, value: object) -> None:
    response = api_for("releases:write").post(URL, {**BODY, field: value})
    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_releases_are_listed_and_shown(service: Any, api_for: Any) -> None:
    release = ReleaseFactory(service=service, version="7")
    ReleaseFactory(service=service, version="8")
    api = api_for("releases:read")
    assert [item["version"] for item in api.get(f"{URL}?q=7&service=checkout").json()["items"]] == ["7"]
    assert api.get(f"{URL}{release.public_id}/").json()["percentage"] == 100


def test_a_viewer_records_nothing(service: Any, api_for: Any, vera: Any) -> None:
    assert api_for("releases:write", user=vera).post(URL, BODY).status_code == 403


def test_another_teams_service_is_refused(service: Any, api_for: Any, charlie: Any) -> None:
    assert api_for("releases:write", user=charlie).post(URL, BODY).status_code == 403
