from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import User
from portal.catalog.models import Service
from tests.factories.catalog import ServiceDependencyFactory, ServiceFactory

URL = "/services/checkout/archive/"


def test_the_page_asks_first_and_names_who_needs_it(
    service: Service, alice: User, client_for: Callable[[User], Any]
) -> None:
    ServiceDependencyFactory(service=ServiceFactory(name="Ledger"), needs=service)
    assert b"Ledger" in client_for(alice).get(URL).content
    assert Service.objects.active().filter(pk=service.pk).exists()


def test_posting_archives(service: Service, alice: User, client_for: Callable[[User], Any]) -> None:
    client_for(alice).post(URL)
    service.refresh_from_db()
    assert service.archived_at is not None


@pytest.mark.parametrize("name", ["bob", "vera", "charlie"])
def test_others_may_not(
    name: str, service: Service, client_for: Callable[[User], Any], request: pytest.FixtureRequest
) -> None:
    assert client_for(request.getfixturevalue(name)).post(URL).status_code == 403
