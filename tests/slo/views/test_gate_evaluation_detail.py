"""One answer of the gate with the evidence of then."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.domain.gate_facts import Asked
from slo.models import GateEvaluation, SloStatus
from slo.services import gates
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(service: Any, now: datetime) -> GateEvaluation:
    told = {"slo__name": "Answers", "remaining_ratio": Decimal("-0.5"), "burns": {"3600": "2.5"}}
    SloStatusFactory(slo__service=service, good=985, total=1000, **told)
    return gates.evaluate(actor=Actor.system("pipeline"), service=service, asked=Asked(version="2.0"), now=now)[1]


def test_the_evidence_is_that_of_then(kept: GateEvaluation, vera: Any, client_for: Any) -> None:
    SloStatus.objects.update(remaining_ratio=Decimal(1), good=1, total=1)
    page = client_for(vera).get(f"/gate/evaluations/{kept.public_id}/").content.decode()
    assert "Answers (99 %) has no error budget left." in page
    assert "1,000 events x 1 % = 10 bad events are allowed in the window." in page
    assert "over 1 h" in page


def test_an_outsider_finds_nothing(kept: GateEvaluation, charlie: Any, client_for: Any) -> None:
    kept.service.team.is_private = True
    kept.service.team.save()
    assert client_for(charlie).get(f"/gate/evaluations/{kept.public_id}/").status_code == 404
