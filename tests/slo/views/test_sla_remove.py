"""Taking an SLA away."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.models import Sla, Slo
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    found: Slo = SloStatusFactory(slo__service=service).slo
    Sla.objects.create(slo=found, objective=Decimal("0.95"), created_at=now)
    return found


def test_it_asks_and_then_takes_it_away(slo: Slo, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert "Take the SLA of 95" in client.get(f"/slos/{slo.public_id}/sla/remove/").content.decode()
    client.post(f"/slos/{slo.public_id}/sla/remove/")
    assert not Sla.objects.exists()
    assert client.get(f"/slos/{slo.public_id}/sla/remove/").status_code == 404


def test_a_responder_may_not(slo: Slo, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/slos/{slo.public_id}/sla/remove/").status_code == 403
