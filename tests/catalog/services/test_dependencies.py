from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, User
from portal.catalog.exceptions import CircularDependency
from portal.catalog.models import Service, ServiceDependency
from portal.catalog.services import dependencies
from portal.lib.errors import PermissionDenied
from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceDependencyFactory, ServiceFactory

ROOT = Actor.system("tests")


@pytest.fixture
def database(service: Service) -> Service:
    made: Service = ServiceFactory(team=service.team, name="Database")
    return made


def needs(service: Service) -> list[Service]:
    return [dependency.needs for dependency in service.dependencies.order_by("needs__name")]


def test_a_dependency_is_added_once(service: Service, database: Service, now: datetime) -> None:
    dependencies.add_dependency(actor=ROOT, service=service, needs=database, now=now)
    dependencies.add_dependency(actor=ROOT, service=service, needs=database, now=now)
    assert needs(service) == [database]
    assert AuditEntry.objects.get().changes == {"needs": [None, database.slug]}


def test_a_circle_is_refused_by_name(service: Service, database: Service, now: datetime) -> None:
    dependencies.add_dependency(actor=ROOT, service=service, needs=database, now=now)
    with pytest.raises(CircularDependency) as caught:
        dependencies.add_dependency(actor=ROOT, service=database, needs=service, now=now)
    assert "Database needs Checkout needs Database" in caught.value.fields["needs"][0]


def test_the_refusal_does_not_name_what_one_may_not_see(
    service: Service, database: Service, alice: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    hidden = ServiceFactory(name="Secret", team=TeamFactory(is_private=True))
    ServiceDependencyFactory(service=database, needs=hidden)
    ServiceDependencyFactory(service=hidden, needs=service)
    with pytest.raises(CircularDependency) as caught:
        dependencies.add_dependency(actor=actor_of(alice), service=service, needs=database, now=now)
    assert "Secret" not in str(caught.value.fields)


def test_no_service_needs_itself(service: Service, now: datetime) -> None:
    with pytest.raises(CircularDependency):
        dependencies.add_dependency(actor=ROOT, service=service, needs=service, now=now)


def test_the_database_refuses_it_too(service: Service) -> None:
    with pytest.raises(IntegrityError):
        ServiceDependency.objects.create(service=service, needs=service)


def test_a_dependency_is_removed_once(service: Service, database: Service, now: datetime) -> None:
    ServiceDependencyFactory(service=service, needs=database)
    dependencies.remove_dependency(actor=ROOT, service=service, needs=database, now=now)
    dependencies.remove_dependency(actor=ROOT, service=service, needs=database, now=now)
    assert needs(service) == []
    assert AuditEntry.objects.count() == 1


def test_setting_adds_and_removes(service: Service, database: Service, now: datetime) -> None:
    cache = ServiceFactory(name="Cache")
    ServiceDependencyFactory(service=service, needs=database)
    dependencies.set_dependencies(actor=ROOT, service=service, needs=[cache], now=now)
    assert needs(service) == [cache]


def test_setting_leaves_alone_what_one_does_not_see(
    service: Service, alice: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    hidden = ServiceFactory(team=TeamFactory(is_private=True))
    ServiceDependencyFactory(service=service, needs=hidden)
    dependencies.set_dependencies(actor=actor_of(alice), service=service, needs=[], now=now)
    assert needs(service) == [hidden]


def test_only_managers_change_dependencies(
    service: Service, database: Service, bob: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        dependencies.add_dependency(actor=actor_of(bob), service=service, needs=database, now=now)
