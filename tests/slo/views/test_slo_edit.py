"""Changing an SLO by the form."""

from decimal import Decimal
from typing import Any

import pytest

from slo.models import Slo
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any) -> Slo:
    found: Slo = SloStatusFactory(slo__service=service, slo__name="Checkout answers").slo
    return found


def form(slo: Slo, **changes: Any) -> dict[str, Any]:
    base = {"sli": slo.sli.public_id, "name": slo.name, "objective": "99", "rules": slo.rules}
    return {**base, "minimum_events": "10", "coverage_floor": "50", **changes}


def test_the_form_shows_what_is_stored(slo: Slo, alice: Any, client_for: Any) -> None:
    page = client_for(alice).get(f"/slos/{slo.public_id}/edit/").content
    assert b'value="99"' in page
    assert b"makes revision 2" in page


def test_a_new_objective_is_a_new_revision(slo: Slo, alice: Any, client_for: Any) -> None:
    client_for(alice).post(f"/slos/{slo.public_id}/edit/", form(slo, objective="99.5", reason="Users asked"))
    slo.refresh_from_db()
    assert (slo.objective, slo.revision) == (Decimal("0.995"), 2)
    assert slo.revisions.latest("revision").reason == "Users asked"


def test_wrong_input_changes_nothing(slo: Slo, alice: Any, client_for: Any) -> None:
    page = client_for(alice).post(f"/slos/{slo.public_id}/edit/", form(slo, objective="90")).content
    slo.refresh_from_db()
    assert b"can never fire" in page
    assert slo.objective == Decimal("0.99")


def test_a_responder_may_not(slo: Slo, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(f"/slos/{slo.public_id}/edit/").status_code == 403


def test_a_stranger_may_not(slo: Slo, charlie: Any, client_for: Any) -> None:
    assert client_for(charlie).post(f"/slos/{slo.public_id}/edit/", form(slo)).status_code == 403
