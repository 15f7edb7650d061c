"""Services for tests."""

import factory

from portal.catalog.models import Service, ServiceDependency
from tests.factories.accounts import TeamFactory


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    team = factory.SubFactory(TeamFactory)
    slug = factory.Sequence(lambda n: f"service-{n}")
    name = factory.Sequence(lambda n: f"Service {n}")
    tier = 2


class ServiceDependencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceDependency

    service = factory.SubFactory(ServiceFactory)
    needs = factory.SubFactory(ServiceFactory)
