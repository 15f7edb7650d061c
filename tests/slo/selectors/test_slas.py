"""The calendar periods of an SLA."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.exceptions import SlaNotFound
from slo.models import Sla
from slo.selectors import slas
from slo.services import history
from slo.services.history import HourRow
from tests.factories.slo import SloFactory, watched_slo

pytestmark = pytest.mark.django_db
END = datetime(2026, 3, 4, 12, tzinfo=UTC)


def sla(slo: Any, **fields: Any) -> Sla:
    steps = [{"below": "0.95", "percent": "10"}]
    return Sla.objects.create(slo=slo, objective=Decimal("0.95"), credits=steps, created_at=END, **fields)


def test_the_current_period_and_twelve_before(service: Any) -> None:
    slo = watched_slo(service=service, end=END, pairs=[(10, 10)] * 50 + [(0, 10)] * 10)
    found = slas.periods(sla(slo), end=END)
    assert len(found) == 13
    assert (found[0].start, found[0].end) == (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    assert (found[0].counts.bad, found[0].is_current, found[0].is_broken) == (100, True, True)
    assert found[0].credit == 10
    assert (found[12].start, found[12].ratio) == (datetime(2025, 3, 1, tzinfo=UTC), None)


def test_periods_begin_in_the_zone_of_the_contract(service: Any) -> None:
    found = slas.periods(sla(SloFactory(service=service), zone="Europe/Vienna"), end=END)
    assert found[0].start == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert found[1].end == found[0].start


def test_the_last_hour_of_a_month_belongs_to_it(service: Any) -> None:
    slo = SloFactory(service=service)
    edge = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [HourRow(edge - timedelta(hours=1), Counts(1, 10, 60)), HourRow(edge, Counts(7, 7, 60))]
    history.set_hours(sli=slo.sli, hours=rows, now=END)
    found = slas.periods(sla(slo), end=END)
    assert [period.counts.total for period in found[:2]] == [7, 10]


def test_an_slo_without_one(service: Any) -> None:
    with pytest.raises(SlaNotFound):
        slas.get_sla(SloFactory(service=service))
