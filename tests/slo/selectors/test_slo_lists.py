"""The list of SLOs: filters, orders and groups."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.models import Slo
from slo.selectors import slo_lists
from slo.selectors.objectives import statuses
from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


def status(service: Any, name: str, **fields: Any) -> Any:
    return SloStatusFactory(slo__service=service, slo__name=name, **fields).slo


def names(found: Any) -> list[str]:
    return [row.slo.name for row in found]


@pytest.fixture
def board(service: Any, alice: Any) -> None:
    """Four SLOs of one service."""
    status(service, "fine", remaining_ratio=Decimal("0.9"), state="healthy", slo__owner=alice)
    status(service, "gone", remaining_ratio=Decimal(-2), state="violated", slo__category="latency")
    status(service, "new", remaining_ratio=None, state="no_data")
    status(service, "hot", remaining_ratio=Decimal("0.5"), state="degrading", firing=["page-1h"], burn_1h=Decimal(20))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "HO"}, ["hot"]),
        ({"text": "checkout", "state": "healthy"}, ["fine"]),
        ({"state": "violated"}, ["gone"]),
        ({"state": "firing"}, ["hot"]),
        ({"service": "nothing"}, []),
        ({"team": "payments", "state": "no_data"}, ["new"]),
        ({"category": "latency"}, ["gone"]),
        ({"tier": 1}, []),
        ({"owner": "none", "state": "violated"}, ["gone"]),
    ],
)
def test_the_list_narrows(board: None, wanted: dict[str, Any], found: list[str]) -> None:
    assert names(slo_lists.search(statuses(SYSTEM), **wanted)) == found


def test_ones_own(board: None, alice: Any) -> None:
    assert names(slo_lists.search(statuses(SYSTEM), owner="me", user_id=alice.pk)) == ["fine"]
    assert names(slo_lists.search(statuses(SYSTEM), owner=alice.public_id)) == ["fine"]
    assert slo_lists.owners(SYSTEM) == [(alice.public_id, "Alice")]


def test_what_is_due_for_review(board: None, now: datetime) -> None:
    Slo.objects.filter(name="hot").update(review_due_at=now)
    assert names(slo_lists.search(statuses(SYSTEM), review_due_by=now)) == ["hot"]
    assert names(slo_lists.search(statuses(SYSTEM), review_due_by=now - timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("worst", ["gone", "hot", "fine", "new"]),
        ("burn", ["hot", "fine", "gone", "new"]),
        ("name", ["fine", "gone", "hot", "new"]),
        ("nonsense", ["gone", "hot", "fine", "new"]),
    ],
)
def test_orders(board: None, order: str, found: list[str]) -> None:
    assert names(slo_lists.grouped(statuses(SYSTEM), order)) == found


def test_the_objectives_of_an_slo_stay_together(board: None, service: Any) -> None:
    first = Slo.objects.get(name="fine")
    SloStatusFactory(slo=SloFactory(service=service, name="strict", primary=first), remaining_ratio=Decimal(-3))
    assert names(slo_lists.grouped(statuses(SYSTEM))) == ["fine", "strict", "gone", "hot", "new"]
