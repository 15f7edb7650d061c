"""Changing an SLO by the form."""

from decimal import Decimal
from typing import Any

import pytest

from slo.forms.slos import slo_initial
from slo.models import Slo
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any) -> Slo:
    found: Slo = SloStatusFactory(slo__service=service, slo__name="Checkout answers").slo
    return found


def form(slo: Slo, **changes: Any) -> dict[str, Any]:
    shown = {name: "" if value is None else value for name, value in slo_initial(slo).items()}
    return {**shown, "rules": slo.rules, **changes}


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


def test_saving_what_is_shown_changes_nothing(slo: Slo, alice: Any, client_for: Any) -> None:
    client_for(alice).post(f"/slos/{slo.public_id}/edit/", form(slo))
    slo.refresh_from_db()
    assert (slo.version, slo.revision) == (1, 1)


def test_own_rules_and_hours_are_shown_as_rows(slo: Slo, alice: Any, client_for: Any) -> None:
    Slo.objects.update(rules=["warning:60m/5m@3"], schedule=[{"from": "08:00", "until": "18:00"}])
    page = client_for(alice).get(f"/slos/{slo.public_id}/edit/").content.decode()
    assert 'value="1h"' in page
    assert 'value="08:00"' in page


def test_an_slo_over_its_own_kind_of_sli_can_keep_it(slo: Slo, alice: Any, client_for: Any) -> None:
    response = client_for(alice).get(f"/slos/{slo.public_id}/edit/")
    assert slo.sli.public_id in response.content.decode()
