from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.catalog import selectors
from portal.catalog.models import Service
from portal.lib.errors import NotFound
from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceDependencyFactory, ServiceFactory

ROOT = Actor.system("tests")


def test_archived_services_are_not_listed_but_found(service: Service, now: datetime) -> None:
    Service.objects.filter(pk=service.pk).update(archived_at=now)
    assert list(selectors.services(ROOT)) == []
    assert selectors.get_service(ROOT, "checkout") == service


def test_a_private_teams_service_is_not_found(charlie: User, actor_of: Callable[[User], Actor]) -> None:
    hidden = ServiceFactory(team=TeamFactory(is_private=True))
    with pytest.raises(NotFound):
        selectors.service_by_public_id(actor_of(charlie), hidden.public_id)


def test_the_most_important_comes_first(service: Service) -> None:
    first = ServiceFactory(tier=1, name="Zebra")
    assert list(selectors.services(ROOT)) == [first, service]


def test_public_services_are_those_of_the_status_page(service: Service) -> None:
    shown = ServiceFactory(is_public=True)
    assert list(selectors.public_services()) == [shown]


def test_services_are_found_by_id(service: Service) -> None:
    assert selectors.services_by_id([service.pk, 0]) == {service.pk: service}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "CHECK"}, True),
        ({"text": "pays"}, True),
        ({"text": "search"}, False),
        ({"team": "payments"}, True),
        ({"team": "search"}, False),
        ({"tier": 2}, True),
        ({"tier": 1}, False),
        ({"label": "language"}, True),
        ({"label": "language=python"}, True),
        ({"label": "language=go"}, False),
        ({"label": "colour"}, False),
    ],
)
def test_a_search_narrows(wanted: dict[str, Any], found: bool, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(labels={"language": "python"}, description="Where one pays.")
    assert selectors.search(selectors.services(ROOT), **wanted).exists() is found


def test_both_directions_of_a_dependency(service: Service) -> None:
    dependency = ServiceDependencyFactory(service=service)
    assert list(selectors.needs_of(service, ROOT)) == [dependency.needs]
    assert list(selectors.needed_by(dependency.needs, ROOT)) == [service]
    assert selectors.edges() == [(service.pk, dependency.needs_id)]
