"""Taking a correction back."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.windows import HOUR
from tests.factories.adjustments import CorrectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def correction(service: Any, now: datetime) -> Any:
    return CorrectionFactory(service=service, starts_at=now, ends_at=now + HOUR)


def test_it_asks_and_revokes(correction: Any, alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/corrections/{correction.public_id}/revoke/"
    assert b"Revoke this correction?" in client.get(url).content
    assert client.post(url).url == "/corrections/"
    correction.refresh_from_db()
    assert correction.revoked_by == "Alice"
    assert client.post(url).status_code == 409


def test_a_responder_may_not(correction: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/corrections/{correction.public_id}/revoke/").status_code == 403


def test_that_of_a_private_team_is_not_found(correction: Any, charlie: Any, client_for: Any) -> None:
    correction.service.team.is_private = True
    correction.service.team.save()
    assert client_for(charlie).get(f"/corrections/{correction.public_id}/revoke/").status_code == 404
