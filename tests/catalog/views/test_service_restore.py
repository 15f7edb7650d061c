from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.models import User
from portal.catalog.models import Service

URL = "/services/checkout/restore/"


@pytest.fixture(autouse=True)
def _archived(service: Service, now: datetime) -> None:
    Service.objects.filter(pk=service.pk).update(archived_at=now)


def test_a_manager_brings_it_back(service: Service, alice: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).post(URL).status_code == 302
    service.refresh_from_db()
    assert service.archived_at is None


def test_a_responder_may_not(bob: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).post(URL).status_code == 403
