"""Services for tests."""

from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from portal.catalog.models import Service, ServiceDependency
from tests.factories.accounts import TeamFactory


class _Service(DjangoModelFactory):
    class Meta:
        model = Service

    team = SubFactory(TeamFactory)
    slug = Sequence(lambda n: f"service-{n}")
    name = Sequence(lambda n: f"Service {n}")
    tier = 2


ServiceFactory: Any = _Service


class _ServiceDependency(DjangoModelFactory):
    class Meta:
        model = ServiceDependency

    service = SubFactory(ServiceFactory)
    needs = SubFactory(ServiceFactory)


ServiceDependencyFactory: Any = _ServiceDependency
