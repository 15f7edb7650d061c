"""Overriding the gate by hand."""

from decimal import Decimal
from typing import Any

import pytest

from slo.models import GateOverride
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/services/checkout/gate/override/"
FORM = {"reason": "The fix itself.", "version": "2.0.1", "environment": "production", "hours": "4"}


def test_a_manager_opens_the_gate(service: Any, alice: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal(-1))
    page = client_for(alice).post(URL, FORM, follow=True).content.decode()
    assert "A postmortem is owed." in page
    assert "The fix itself." in page
    assert GateOverride.objects.get().version == "2.0.1"


def test_the_page_says_what_it_means(service: Any, alice: Any, client_for: Any) -> None:
    assert b"audited under your name" in client_for(alice).get(URL).content


@pytest.mark.parametrize("change", [{"reason": " "}, {"hours": "9999"}, {"version": "x" * 101}], ids=str)
def test_a_wrong_form_opens_nothing(service: Any, alice: Any, client_for: Any, change: dict[str, str]) -> None:
    answer = client_for(alice).post(URL, {**FORM, **change})
    assert (answer.status_code, GateOverride.objects.count()) == (200, 0)
    assert b"is-invalid" in answer.content


def test_a_responder_does_not_override(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(URL, FORM).status_code == 403


def test_another_teams_private_service_is_not_found(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert client_for(charlie).post(URL, FORM).status_code == 404
