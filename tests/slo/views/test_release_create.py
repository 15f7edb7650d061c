"""Recording a release by hand."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.models import Release

pytestmark = pytest.mark.django_db
KINDS = {"environment": "production", "kind": "normal", "strategy": "canary"}
FORM = {"service": "checkout", "version": "2.0", "percentage": "25", "status": "running", **KINDS}


def test_a_responder_records_a_release(service: Any, bob: Any, client_for: Any) -> None:
    answer = client_for(bob).post("/releases/new/", FORM)
    release = Release.objects.get()
    assert answer.url == f"/releases/{release.public_id}/"
    assert (release.service, release.rollout_ratio, release.author) == (service, Decimal("0.25"), "Bob")


def test_its_time_is_read_in_the_readers_zone(service: Any, bob: Any, client_for: Any) -> None:
    bob.time_zone = "Europe/Berlin"
    bob.save()
    client_for(bob).post("/releases/new/", {**FORM, "started_at": "2026-03-01T10:30"})
    assert Release.objects.get().started_at == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("changes", [{"version": ""}, {"percentage": "101"}, {"service": "search"}, {"status": "x"}])
def test_wrong_input_records_nothing(service: Any, bob: Any, client_for: Any, changes: dict[str, str]) -> None:
    response = client_for(bob).post("/releases/new/", {**FORM, **changes})
    assert response.status_code == 200
    assert not Release.objects.exists()


def test_a_viewer_is_told(service: Any, vera: Any, client_for: Any) -> None:
    assert b"No service to release" in client_for(vera).get("/releases/new/").content
