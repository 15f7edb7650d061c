"""Ending an override by hand."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from slo.services import gates

pytestmark = pytest.mark.django_db


@pytest.fixture
def override(service: Any) -> Any:
    now = timezone.now()
    facts: Any = {"reason": "must", "expires_at": now + timedelta(hours=1), "now": now}
    return gates.override_gate(actor=Actor.system("tests"), service=service, **facts)


def test_a_manager_ends_it(override: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).post(f"/gate/overrides/{override.public_id}/revoke/", follow=True).content
    override.refresh_from_db()
    assert override.revoked_by == "Alice"
    assert b"The override has ended." in page


def test_a_responder_does_not(override: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/gate/overrides/{override.public_id}/revoke/").status_code == 403


def test_looking_ends_nothing(override: Any, alice: Any, client_for: Any) -> None:
    assert client_for(alice).get(f"/gate/overrides/{override.public_id}/revoke/").status_code == 405
