"""What if."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.models import Slo
from slo.services import statuses
from tests.factories.slo import SloStatusFactory, watched_slo

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    """An SLO of 99 % that was fault free for an hour, at ten events a minute."""
    found = watched_slo(service=service, end=now, pairs=[(10, 10)] * 60)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    return found


def test_a_fault_spends_the_budget_and_fires_rules(slo: Slo, vera: Any, client_for: Any) -> None:
    page = (
        client_for(vera).get(f"/slos/{slo.public_id}/what-if/?objective=99&minutes=10&bad_ratio=100").content.decode()
    )
    assert "100 of 6 events" in page
    assert "would fire" in page
    assert "<html" in page


def test_the_slider_gets_only_its_part(slo: Slo, vera: Any, client_for: Any) -> None:
    url = f"/slos/{slo.public_id}/what-if/?objective=90&minutes=0&bad_ratio=100"
    page = client_for(vera).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "0 of 60 events" in page
    assert "cannot fire" in page
    assert "<html" not in page


@pytest.mark.parametrize("query", ["objective=120&minutes=1", "objective=99&minutes=-1", "objective=99&minutes=9e99"])
def test_nonsense_is_told(slo: Slo, vera: Any, client_for: Any, query: str) -> None:
    response = client_for(vera).get(f"/slos/{slo.public_id}/what-if/?{query}")
    assert response.status_code == 200
    assert b"alert-warning" in response.content


def test_without_data_it_still_answers(service: Any, vera: Any, client_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service).slo
    assert client_for(vera).get(f"/slos/{slo.public_id}/what-if/").status_code == 200


def test_another_teams_private_slo_is_not_found(slo: Slo, charlie: Any, client_for: Any) -> None:
    slo.service.team.is_private = True
    slo.service.team.save()
    assert client_for(charlie).get(f"/slos/{slo.public_id}/what-if/").status_code == 404
