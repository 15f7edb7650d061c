"""What the graphs of an SLO are made of."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.domain.ranges import absolute, named
from slo.models import Slo
from slo.selectors.burndowns import budgets, material
from slo.services import history
from slo.services.history import HourRow
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db
END = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def make(service: Any) -> Any:
    """An SLO of 90 % with one bad hour, 50 of 100, two days ago, and 40 days of good ones."""

    def create(**fields: Any) -> Slo:
        slo: Slo = SloFactory(service=service, objective="0.9", **fields)
        hours = [END - number * HOUR for number in range(40 * 24, 0, -1)]
        bad = END - 2 * DAY
        rows = [HourRow(at, Counts(50 if at == bad else 100, 100, 60)) for at in hours]
        history.set_hours(sli=slo.sli, hours=rows, now=END)
        return Slo.objects.select_related("stream").get()

    return create


def test_the_window_burns_down_from_its_first_step(make: Any) -> None:
    slo = make(window_days=7)
    found = material(slo, named("window", window=slo.window, end=END))
    values = [value for _, value in budgets(found)]
    assert (len(values), values[0], values[-1]) == (168, Fraction(1), 1 - Fraction(50, 1680))


def test_another_span_shows_the_window_that_ended_then(make: Any) -> None:
    slo = make(window_days=1)
    found = material(slo, absolute(END - 3 * DAY, END, now=END))
    values = dict(budgets(found))
    assert values[END - 2 * DAY - HOUR] == 1
    assert values[END - 2 * DAY] == 1 - Fraction(50, 240)
    assert values[END - DAY] == 1
    assert len(values) == 72


def test_calendar_periods_begin_anew(make: Any) -> None:
    slo = make(window_kind="calendar", calendar_unit="week", zone="Europe/Vienna")
    found = material(slo, absolute(END - 5 * DAY, END, now=END))
    values = dict(budgets(found))
    monday = datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert values[monday] == 1
    assert values[END - HOUR] == 1 - Fraction(50, 610)


def test_a_year_is_read_in_days(make: Any) -> None:
    slo = make()
    found = material(slo, named("year", window=slo.window, end=END))
    assert len(found.shown) == 366
    assert found.shown[0][1] is None
    assert budgets(found)[-1][1] is not None
