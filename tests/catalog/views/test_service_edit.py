from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import Team, User
from portal.catalog.models import Service
from tests.factories.catalog import ServiceDependencyFactory, ServiceFactory

URL = "/services/checkout/edit/"
FORM = {"team": "payments", "name": "Checkout", "slug": "checkout", "tier": "1"}


def test_a_manager_changes_it(service: Service, alice: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).post(URL, {**FORM, "is_public": "on"}).status_code == 302
    service.refresh_from_db()
    assert (service.tier, service.is_public) == (1, True)


def test_the_form_holds_what_is_stored(service: Service, alice: User, client_for: Callable[[User], Any]) -> None:
    dependency = ServiceDependencyFactory(service=service)
    form = client_for(alice).get(URL).context["form"]
    assert (form["slug"].value(), form["needs"].value()) == ("checkout", [dependency.needs.slug])


@pytest.mark.parametrize("name", ["bob", "vera", "charlie"])
def test_others_may_not(
    name: str, service: Service, client_for: Callable[[User], Any], request: pytest.FixtureRequest
) -> None:
    assert client_for(request.getfixturevalue(name)).post(URL, FORM).status_code == 403


def test_another_teams_private_service_is_404(
    service: Service, charlie: User, client_for: Callable[[User], Any]
) -> None:
    Team.objects.filter(pk=service.team_id).update(is_private=True)
    assert client_for(charlie).post(URL, FORM).status_code == 404


def test_a_circle_stays_on_the_form(service: Service, alice: User, client_for: Callable[[User], Any]) -> None:
    other = ServiceFactory(name="Ledger", slug="ledger")
    ServiceDependencyFactory(service=other, needs=service)
    page = client_for(alice).post(URL, {**FORM, "needs": ["ledger"]})
    assert "circle" in page.context["form"].errors["needs"][0]
    assert not service.dependencies.exists()
