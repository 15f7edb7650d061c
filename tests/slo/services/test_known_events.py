"""Launches and seasons."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.models import KnownEvent, Resource
from slo.services import known_events
from tests.factories.capacity import ResourceFactory, growing

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
SALE: dict[str, Any] = {
    "name": "Sale",
    "starts_on": date(2026, 3, 8),
    "ends_on": date(2026, 3, 9),
    "multiplier": Decimal(2),
}


def test_an_event_brings_the_date_forward_and_its_end_puts_it_back(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100)
    event = known_events.add_event(actor=ACTOR, service=service, now=now, **SALE)
    assert Resource.objects.get(pk=resource.pk).crosses_likely_on == date(2026, 3, 8)
    for _ in range(2):
        known_events.remove_event(actor=ACTOR, event=event, now=now)
    assert Resource.objects.get(pk=resource.pk).crosses_likely_on == date(2026, 4, 3)
    assert [entry.action for entry in AuditEntry.objects.filter(action__startswith="known").order_by("pk")] == [
        "known_event.added",
        "known_event.removed",
    ]


def test_an_event_of_one_resource_leaves_the_others(service: Any, now: datetime) -> None:
    one, other = ResourceFactory(service=service), ResourceFactory(service=service)
    known_events.add_event(actor=ACTOR, service=service, resource=one, now=now, **SALE)
    assert Resource.objects.get(pk=one.pk).forecast_on == now.date()
    assert Resource.objects.get(pk=other.pk).forecast_on is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("ends_on", date(2026, 3, 7)),
        ("ends_on", date(2028, 3, 8)),
        ("multiplier", Decimal("1e-9")),
        ("multiplier", Decimal(1001)),
    ],
    ids=["no name", "ends first", "too long", "zero", "too large"],
)
def test_wrong_fields_are_named(service: Any, now: datetime, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        known_events.add_event(actor=ACTOR, service=service, now=now, **{**SALE, field: value})
    assert list(refused.value.fields) == [field]
    assert not KnownEvent.objects.exists()
