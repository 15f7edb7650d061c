"""Reading SLOs: who sees what, what is worst, what was spent."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from slo import selectors
from slo.exceptions import SliNotFound, SloNotFound
from slo.selectors import objectives
from slo.services import statuses
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory, watched_slo

pytestmark = pytest.mark.django_db


def status(service: Any, name: str, **fields: Any) -> Any:
    return SloStatusFactory(slo__service=service, slo__name=name, **fields)


def names(found: Any) -> list[str]:
    return [row.slo.name for row in found]


@pytest.fixture
def board(service: Any) -> None:
    """Five SLOs of one service."""
    status(service, "fine", remaining_ratio=Decimal("0.9"), state="healthy")
    status(service, "gone", remaining_ratio=Decimal(-2), state="violated")
    status(service, "new", remaining_ratio=None, state="no_data")
    status(service, "hot", remaining_ratio=Decimal("0.5"), state="degrading", firing=["page-1h"])
    status(service, "low", remaining_ratio=Decimal("0.05"), state="degrading")


def test_the_worst_come_first(board: None, alice: Any, actor_of: Any) -> None:
    assert names(selectors.statuses(actor_of(alice))) == ["gone", "low", "hot", "fine", "new"]


def test_burning_are_those_that_fire_or_are_spent(board: None, alice: Any, actor_of: Any) -> None:
    assert names(selectors.burning(actor_of(alice))) == ["gone", "hot"]


def test_archived_slos_are_left_out(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    status(service, "old", slo__archived_at=now)
    assert names(selectors.statuses(actor_of(alice))) == []


def test_another_teams_private_slo_does_not_exist(service: Any, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    slo = SloFactory(service=service)
    with pytest.raises(SloNotFound):
        objectives.get_slo(actor_of(charlie), slo.public_id)
    with pytest.raises(SliNotFound):
        objectives.get_sli(actor_of(charlie), slo.sli.public_id)


def test_another_teams_public_slo_is_readable(service: Any, charlie: Any, actor_of: Any) -> None:
    slo = SloFactory(service=service)
    assert objectives.get_slo(actor_of(charlie), slo.public_id) == slo


def test_what_a_span_spent_of_the_budget(service: Any, now: datetime) -> None:
    watched_slo(service=service, end=now, pairs=[(10, 10)] * 50 + [(5, 10)] * 10)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    (spend,) = selectors.budget_spent(service_id=service.pk, start=now - timedelta(minutes=5), end=now)
    assert (spend.bad, spend.total) == (25, 50)
    assert spend.spent_ratio == Fraction(25, 6)


def test_the_parts_of_an_outage_spend_what_it_spent(service: Any, now: datetime) -> None:
    watched_slo(service=service, end=now, pairs=[(9, 10)] * 60)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    edges = [now - timedelta(minutes=minutes) for minutes in (60, 37, 0)]
    spans = [(edges[0], edges[2]), (edges[0], edges[1]), (edges[1], edges[2])]
    whole, one, other = (
        selectors.budget_spent(service_id=service.pk, start=start, end=end)[0].bad for start, end in spans
    )
    assert whole == one + other == 60


def test_without_a_window_nothing_is_a_share(service: Any, now: datetime) -> None:
    status(service, "new")
    (spend,) = selectors.budget_spent(service_id=service.pk, start=now - timedelta(hours=1), end=now)
    assert (spend.spent_ratio, spend.bad, spend.total) == (None, 0, 0)


def test_slis_belong_to_their_service(service: Any, alice: Any, actor_of: Any) -> None:
    sli = SliFactory(service=service)
    assert objectives.get_sli(actor_of(alice), sli.public_id) == sli
