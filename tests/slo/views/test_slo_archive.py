"""Archiving an SLO."""

from typing import Any

import pytest

from slo.models import Slo
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any) -> Slo:
    found: Slo = SloStatusFactory(slo__service=service, slo__name="Checkout answers").slo
    return found


def test_it_asks_first(slo: Slo, alice: Any, client_for: Any) -> None:
    assert b"Archive Checkout answers?" in client_for(alice).get(f"/slos/{slo.public_id}/archive/").content
    slo.refresh_from_db()
    assert slo.archived_at is None


def test_then_it_is_archived(slo: Slo, alice: Any, client_for: Any) -> None:
    assert client_for(alice).post(f"/slos/{slo.public_id}/archive/").url == "/slos/"
    slo.refresh_from_db()
    assert slo.archived_at is not None


def test_a_responder_may_not(slo: Slo, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/slos/{slo.public_id}/archive/").status_code == 403
