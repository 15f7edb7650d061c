"""The monthly review of a service."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from portal.reports.domain.months import Month
from portal.reports.selectors.service_reviews import PromiseRow, Review, review
from slo.domain.budgets import Counts
from slo.domain.explanations import EVENTS, Units
from slo.domain.streams import SCALE
from slo.models import Correction
from slo.services import history
from slo.services.history import HourRow
from tests.factories.incidents import IncidentFactory
from tests.factories.slo import ReleaseFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
MIDDLE = datetime(2026, 2, 15, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def look(alice: Any, service: Any, actor_of: Callable[[Any], Any], now: datetime) -> Callable[[], Review]:
    return lambda: review(actor_of(alice), service, Month(2026, 2), now=now)


def test_an_slo_is_judged_by_the_events_of_the_month(service: Any, look: Callable[[], Review], now: datetime) -> None:
    slo = SloFactory(service=service, objective="0.99")
    SloStatusFactory(slo=slo)
    hours = [HourRow(MIDDLE, Counts(97, 100, 60)), HourRow(MIDDLE - 30 * HOUR * 24, Counts(100, 100, 60))]
    history.set_hours(sli=slo.sli, hours=sorted(hours, key=lambda row: row.hour), now=now)
    [row] = look().promises
    assert (row.counts.ratio, row.is_kept, row.spent_ratio, row.former_ratio) == (
        Fraction(97, 100),
        False,
        Fraction(3),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("units", "counts", "text"),
    [
        (EVENTS, Counts(9_990, 10_000, 60), "10 of 10,000 events"),
        (Units("minutes", SCALE), Counts(59 * SCALE + SCALE // 2, 60 * SCALE, 60), "0.5 of 60 minutes"),
    ],
    ids=["events", "slices"],
)
def test_what_was_bad_is_told_in_the_units_of_the_slo(units: Units, counts: Counts, text: str) -> None:
    slo: Any = None
    assert PromiseRow(slo, units, counts, Counts(), None, None, None).amounts == text


def test_without_events_nothing_is_kept_or_broken(service: Any, look: Callable[[], Review]) -> None:
    SloStatusFactory(slo=SloFactory(service=service))
    assert look().promises[0].is_kept is None


def test_what_happened_and_what_was_changed_is_told(service: Any, look: Callable[[], Review], now: datetime) -> None:
    ReleaseFactory(service=service, started_at=MIDDLE)
    ReleaseFactory(service=service, started_at=now)
    Correction.objects.create(
        service=service, starts_at=MIDDLE, ends_at=MIDDLE + HOUR, reason="A drill", author="Alice", created_at=now
    )
    found = look()
    assert (found.releases, [one.reason for one in found.corrections]) == (1, ["A drill"])


def test_a_month_that_is_not_over_says_so(
    alice: Any, service: Any, actor_of: Callable[[Any], Any], now: datetime, look: Callable[[], Review]
) -> None:
    assert (look().is_open, review(actor_of(alice), service, Month(2026, 3), now=now).is_open) == (False, True)


def test_incidents_of_the_service_in_the_month(service: Any, team: Any, look: Callable[[], Review]) -> None:
    incident = IncidentFactory(team=team, declared_at=MIDDLE)
    incident.affected.create(service=service)
    assert [one.public_id for one in look().incidents] == [incident.public_id]
