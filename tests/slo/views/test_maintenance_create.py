"""Announcing maintenance."""

from datetime import UTC, datetime
from typing import Any

import pytest

from slo.models import MaintenanceWindow

pytestmark = pytest.mark.django_db
URL = "/maintenance/new/?service=checkout"
FORM = {"name": "Move the database", "starts_at": "2030-03-03T02:00", "ends_at": "2030-03-03T03:00", "repeats": ""}


def test_a_manager_announces_in_their_own_time(service: Any, alice: Any, client_for: Any) -> None:
    alice.time_zone = "Europe/Vienna"
    alice.save()
    form = {**FORM, "repeats": "rule", "rrule": "FREQ=WEEKLY;COUNT=3", "pauses_probes": "on"}
    assert client_for(alice).post(URL, form).url == "/maintenance/"
    window = MaintenanceWindow.objects.get()
    assert (window.starts_at, window.zone) == (datetime(2030, 3, 3, 1, tzinfo=UTC), "Europe/Vienna")
    assert (window.rrule, window.pauses_probes) == ("FREQ=WEEKLY;COUNT=3", True)


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"ends_at": "2030-03-03T01:00"}, {"repeats": "rule"}, {"starts_at": "soon"}],
    ids=["name", "end", "rule", "start"],
)
def test_wrong_input_announces_nothing(service: Any, alice: Any, client_for: Any, changes: dict[str, str]) -> None:
    response = client_for(alice).post(URL, {**FORM, **changes})
    assert response.status_code == 200
    assert not MaintenanceWindow.objects.exists()


def test_first_a_service_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    assert b"?service=checkout" in client_for(alice).get("/maintenance/new/").content


def test_a_viewer_may_not(service: Any, vera: Any, client_for: Any) -> None:
    assert client_for(vera).post(URL, FORM).status_code == 403
