"""The page of one SLO."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from slo.services import statuses
from tests.factories.slo import ReleaseFactory, SloStatusFactory, watched_slo

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(service: Any, vera: Any, client_for: Any, now: datetime) -> str:
    """The page of an SLO that burned for the last ten minutes."""
    slo = watched_slo(service=service, name="Checkout answers", end=now, pairs=[(10, 10)] * 50 + [(0, 10)] * 10)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    ReleaseFactory(service=service, version="7.3.1", started_at=now - timedelta(hours=1))
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        content = client_for(vera).get(f"/slos/{slo.public_id}/").content
    return str(content.decode())


def test_the_arithmetic_is_explained(page: str) -> None:
    assert "600 events x 1 % = 6 bad events are allowed in the window." in page
    assert "600 events - 500 good = 100 were bad." in page


def test_rules_show_what_they_say(page: str) -> None:
    assert page.count("Firing") >= 3
    assert "page-1h" in page


def test_releases_stand_beside_the_graphs(page: str) -> None:
    assert "7.3.1" in page
    assert page.count("<svg") > 4


def test_a_viewer_cannot_edit(page: str) -> None:
    assert "/edit/" not in page


def test_an_slo_without_data_has_a_page(service: Any, alice: Any, client_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service).slo
    page = client_for(alice).get(f"/slos/{slo.public_id}/").content.decode()
    assert "There were no events in the window" in page
    assert f"/slos/{slo.public_id}/edit/" in page


def test_refused_counts_are_told(service: Any, vera: Any, client_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service, slo__sli__problem="2 good of 1").slo
    assert b"2 good of 1" in client_for(vera).get(f"/slos/{slo.public_id}/").content


def test_an_unknown_slo_is_not_found(vera: Any, client_for: Any) -> None:
    assert client_for(vera).get("/slos/slo_nothing/").status_code == 404


def test_an_archived_slo_stays_readable(service: Any, alice: Any, client_for: Any, now: datetime) -> None:
    slo = SloStatusFactory(slo__service=service, slo__archived_at=now).slo
    page = client_for(alice).get(f"/slos/{slo.public_id}/").content.decode()
    assert "Archived" in page
    assert "/edit/" not in page
