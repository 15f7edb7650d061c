"""Pushing points."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.domain.capacity.points import Reading
from slo.exceptions import ResourceArchived
from slo.models import ResourceDay, ResourceSample
from slo.services import capacity_points
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")


@pytest.fixture
def push(now: datetime) -> Any:
    """Pushes to a resource, which it makes."""
    resource = ResourceFactory()
    return lambda *readings: capacity_points.push_points(actor=ACTOR, resource=resource, readings=readings, now=now)


def at(day: int, hour: int, value: str) -> Reading:
    return datetime(2026, 3, day, hour, tzinfo=UTC), Decimal(value)


def days() -> list[Any]:
    return list(ResourceDay.objects.values_list("day", "maximum", "p95", "n").order_by("day"))


def test_instants_become_days(push: Any) -> None:
    assert push(at(2, 1, "5"), at(2, 9, "8"), at(3, 0, "4")) == 2
    assert days() == [(date(2026, 3, 2), 8, 8, 2), (date(2026, 3, 3), 4, 4, 1)]


def test_a_repeat_changes_nothing(push: Any) -> None:
    for _ in range(2):
        push(at(2, 1, "5"), at(2, 9, "8"))
    assert days() == [(date(2026, 3, 2), 8, 8, 2)]


def test_the_same_instant_is_replaced_and_others_stay(push: Any) -> None:
    push(at(2, 1, "50"), at(2, 9, "8"))
    push(at(2, 1, "5"), at(2, 1, "6"))
    assert days() == [(date(2026, 3, 2), 8, 8, 2)]
    assert set(ResourceSample.objects.values_list("value", flat=True)) == {6, 8}


def test_nothing_is_nothing(push: Any) -> None:
    assert push() == 0
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("reading", "text"), [(at(6, 0, "1"), "future"), (at(2, 0, "1e17"), "between")], ids=["future", "huge"]
)
def test_what_cannot_be_stored_is_named(push: Any, reading: Reading, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        push(at(2, 0, "1"), reading)
    assert refused.value.fields["points"] == [message for message in refused.value.fields["points"] if text in message]
    assert not ResourceDay.objects.exists()


def test_an_archived_resource_takes_nothing(now: datetime) -> None:
    resource = ResourceFactory(archived_at=now)
    with pytest.raises(ResourceArchived):
        capacity_points.push_points(actor=ACTOR, resource=resource, readings=[at(2, 0, "1")], now=now)


def test_samples_are_forgotten_and_days_stay(push: Any, now: datetime) -> None:
    push(at(2, 0, "1"))
    assert capacity_points.forget_samples(now=now) == 0
    assert capacity_points.forget_samples(now=now + timedelta(days=60)) == 1
    assert len(days()) == 1
