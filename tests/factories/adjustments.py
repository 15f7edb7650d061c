"""Corrections and maintenance windows for tests."""

from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from slo.models import Correction, MaintenanceWindow
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import MADE_AT


class _Correction(DjangoModelFactory):
    class Meta:
        model = Correction

    service = SubFactory(ServiceFactory)
    reason = "The load balancer of the provider was down."
    author = "Alice"
    created_at = MADE_AT


CorrectionFactory: Any = _Correction


class _MaintenanceWindow(DjangoModelFactory):
    class Meta:
        model = MaintenanceWindow

    service = SubFactory(ServiceFactory)
    name = Sequence(lambda n: f"maintenance {n}")
    author = "Alice"
    created_at = MADE_AT


MaintenanceWindowFactory: Any = _MaintenanceWindow
