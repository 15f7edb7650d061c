from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_a_manager_brings_a_domain_back(client_for: ClientFor, alice: Any, team: Any, now: datetime) -> None:
    domain = DomainFactory(team=team, archived_at=now)
    client_for(alice).post(f"/links/domains/{domain.public_id}/restore/")
    domain.refresh_from_db()
    assert domain.archived_at is None


def test_a_responder_may_not_and_nobody_by_looking(
    client_for: ClientFor, alice: Any, bob: Any, team: Any, now: datetime
) -> None:
    url = f"/links/domains/{DomainFactory(team=team, archived_at=now).public_id}/restore/"
    assert client_for(bob).post(url).status_code == 403
    assert client_for(alice).get(url).status_code == 405
