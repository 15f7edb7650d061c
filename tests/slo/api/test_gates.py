"""The gate over the API."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


def test_it_is_open_without_slos(service: Any, api_for: Any) -> None:
    body = api_for("releases:read").get("/api/v1/services/checkout/gate/").json()
    assert (body["allowed"], body["verdict"], body["reasons"], body["budgets"]) == (True, "allow", [], [])
    assert body["notes"] == ["No SLO guards this service."]


def test_it_closes_with_reasons_and_evidence(service: Any, api_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service, slo__name="Answers", remaining_ratio=Decimal("-0.5")).slo
    body = api_for("releases:read").get(f"/api/v1/services/{service.public_id}/gate/").json()
    assert (body["allowed"], body["reasons"]) == (False, ["Answers (99 %) has no error budget left."])
    assert (body["budgets"][0]["slo"], body["budgets"][0]["remaining_ratio"]) == (slo.public_id, -0.5)


def test_an_unknown_service_is_not_found(api_for: Any) -> None:
    assert api_for("releases:read").get("/api/v1/services/nothing/gate/").status_code == 404


def test_it_needs_the_scope(service: Any, api_for: Any) -> None:
    assert api_for("slos:read").get("/api/v1/services/checkout/gate/").status_code == 403
