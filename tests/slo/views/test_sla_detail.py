"""The page of an SLA."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from slo.models import Sla, Slo
from tests.factories.slo import watched_slo

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    pairs = [(10, 10)] * 50 + [(0, 10)] * 10
    return watched_slo(service=service, end=now, pairs=pairs, objective=Decimal("0.99"))


def form(**changes: str) -> dict[str, str]:
    rows = {
        "credits-TOTAL_FORMS": "2",
        "credits-INITIAL_FORMS": "0",
        "credits-0-below": "95",
        "credits-0-percent": "10",
    }
    return {"objective": "95", "calendar_unit": "month", "zone": "UTC", "customers": "Shops", **rows, **changes}


def test_an_empty_page_says_what_an_sla_is(slo: Slo, alice: Any, vera: Any, client_for: Any) -> None:
    assert b"No SLA beside this SLO" in client_for(vera).get(f"/slos/{slo.public_id}/sla/").content
    assert b"What customers were promised" in client_for(alice).get(f"/slos/{slo.public_id}/sla/").content


def test_a_manager_sets_it_and_sees_what_is_owed(slo: Slo, alice: Any, client_for: Any, now: datetime) -> None:
    client = client_for(alice)
    client.post(f"/slos/{slo.public_id}/sla/", form())
    assert Sla.objects.get().credits == [{"below": "0.95", "percent": "10"}]
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        page = client.get(f"/slos/{slo.public_id}/sla/").content.decode()
        beside = client.get(f"/slos/{slo.public_id}/").content.decode()
    assert "10 % of the fee" in page
    assert "10 % of the fee" in beside


def test_one_that_is_not_looser_is_told_at_its_field(slo: Slo, alice: Any, client_for: Any) -> None:
    page = client_for(alice).post(f"/slos/{slo.public_id}/sla/", form(objective="99")).content.decode()
    assert "An SLA is looser than its SLO" in page
    assert "Shops" in page
    assert not Sla.objects.exists()


@pytest.mark.parametrize("changes", [{"credits-0-percent": ""}, {"credits-0-below": "hundred"}, {"objective": ""}])
def test_wrong_input_loses_nothing(slo: Slo, alice: Any, client_for: Any, changes: dict[str, str]) -> None:
    page = client_for(alice).post(f"/slos/{slo.public_id}/sla/", form(**changes)).content.decode()
    assert "Shops" in page
    assert not Sla.objects.exists()


def test_a_viewer_reads_only(slo: Slo, vera: Any, client_for: Any) -> None:
    assert client_for(vera).post(f"/slos/{slo.public_id}/sla/", form()).status_code == 403


def test_another_teams_private_slo_is_not_found(slo: Slo, charlie: Any, client_for: Any) -> None:
    slo.service.team.is_private = True
    slo.service.team.save()
    assert client_for(charlie).get(f"/slos/{slo.public_id}/sla/").status_code == 404
