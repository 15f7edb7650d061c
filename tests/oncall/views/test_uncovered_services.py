from typing import Any

import pytest

from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import PolicyFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/reports/coverage/"


def test_a_service_that_nobody_covers_is_named(client_for: Any, charlie: Any, team: Any) -> None:
    ServiceFactory(team=team, name="Checkout")
    PolicyFactory(team=team, is_default=True)
    page = client_for(charlie).get(ADDRESS).content.decode()
    assert "Checkout" in page
    assert "reaches anybody now" in page


def test_nothing_to_tell_is_told(client_for: Any, vera: Any) -> None:
    assert "Every service is covered" in client_for(vera).get(ADDRESS).content.decode()
