"""Refreshing status rows, and the alerts that go with them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from oncall.models import Alert
from slo.domain.streams import SCALE
from slo.models import Sli, SloStatus
from slo.services import statuses
from tests.factories.slo import SloStatusFactory, minutes, watched_slo

GOOD = (10, 10)
BAD = (0, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def end(now: datetime) -> datetime:
    """The watermark at noon and one minute."""
    return now


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(minutes=1, seconds=5)


def refreshed(slo: Any, later: datetime) -> SloStatus:
    statuses.refresh_due(now=later)
    return SloStatus.objects.get(slo=slo)


def test_counts_and_budget_are_exact(service: Any, end: datetime, later: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[(999, 1000)] * 10 + [(1000, 1000)] * 50)
    status = refreshed(slo, later)
    assert (status.good, status.total, status.ratio) == (59_990, 60_000, Decimal("0.99983333"))
    assert status.remaining_ratio == Decimal("0.983333")
    assert status.state == "healthy"


def test_without_events_there_is_no_data_and_no_ratio(service: Any, end: datetime, later: datetime) -> None:
    status = refreshed(watched_slo(service=service, end=end, pairs=[(0, 0)] * 60), later)
    assert (status.state, status.ratio, status.remaining_ratio, status.burn_1h) == ("no_data", None, None, None)


def test_a_full_outage_opens_one_page_and_one_ticket(service: Any, end: datetime, later: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[GOOD] * 30 + [BAD] * 30)
    status = refreshed(slo, later)
    assert (status.state, status.firing) == ("violated", ["page-1h", "page-6h", "ticket-3d"])
    keys = {f"slo:{slo.public_id}:critical", f"slo:{slo.public_id}:warning"}
    assert set(Alert.objects.values_list("dedup_key", flat=True)) == keys


def test_a_repeat_opens_nothing_new(service: Any, end: datetime, later: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[BAD] * 60)
    refreshed(slo, later)
    minutes(slo.sli, end=end + timedelta(minutes=1), pairs=[BAD])
    status = refreshed(slo, later + timedelta(minutes=1))
    assert status.firing == ["page-1h", "page-6h", "ticket-3d"]
    assert Alert.objects.count() == 2


def page_of(slo: Any) -> str:
    return str(Alert.objects.get(dedup_key=f"slo:{slo.public_id}:critical").status)


def test_the_page_stays_while_one_of_its_rules_fires(service: Any, end: datetime, later: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[BAD] * 60)
    refreshed(slo, later)
    minutes(slo.sli, end=end + timedelta(minutes=6), pairs=[GOOD] * 6)
    status = refreshed(slo, later + timedelta(minutes=6))
    assert status.firing == ["page-6h", "ticket-3d"]
    assert page_of(slo) == "firing"


def test_recovery_of_the_short_windows_resolves(service: Any, end: datetime, later: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[BAD] * 60)
    refreshed(slo, later)
    minutes(slo.sli, end=end + timedelta(minutes=31), pairs=[GOOD] * 31)
    status = refreshed(slo, later + timedelta(minutes=31))
    assert status.firing == ["ticket-3d"]
    assert page_of(slo) == "resolved"


def test_an_unmeasured_stretch_neither_fires_nor_resolves(service: Any, end: datetime, later: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[BAD] * 60)
    refreshed(slo, later)
    status = refreshed(slo, later + timedelta(minutes=30))
    assert "page-1h" in status.firing
    assert status.held["page-1h"] == "too little was measured"
    assert Alert.objects.filter(status="firing").count() == 2


def test_few_events_do_not_page(service: Any, end: datetime, later: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[(0, 0)] * 56 + [(0, 2)] * 4)
    status = refreshed(slo, later)
    assert status.firing == []
    assert status.held["page-1h"] == "too few events"


def test_the_open_minute_does_not_count(service: Any, end: datetime) -> None:
    slo = watched_slo(service=service, end=end, pairs=[GOOD] * 60)
    minutes(slo.sli, end=end + timedelta(minutes=2), pairs=[BAD, BAD])
    assert refreshed(slo, end + timedelta(seconds=119)).total == 600


def test_nothing_is_due_twice_in_a_minute(service: Any, end: datetime, later: datetime) -> None:
    watched_slo(service=service, end=end, pairs=[GOOD] * 5)
    assert statuses.refresh_due(now=later) == 1
    assert statuses.refresh_due(now=later + timedelta(seconds=20)) == 0


def test_archived_slos_keep_their_numbers(service: Any, end: datetime, later: datetime) -> None:
    watched_slo(service=service, end=end, pairs=[GOOD] * 5, archived_at=end)
    assert statuses.refresh_due(now=later) == 0


def test_the_number_of_queries_does_not_grow_with_the_slos(
    service: Any, later: datetime, django_assert_max_num_queries: Any
) -> None:
    SloStatusFactory.create_batch(40, slo__service=service)
    with django_assert_max_num_queries(12):
        assert statuses.refresh_due(now=later) == 40


def test_batches_take_all(service: Any, later: datetime) -> None:
    SloStatusFactory.create_batch(7, slo__service=service)
    assert statuses.refresh_due(now=later, batch=3) == 7


def test_exhaustion_is_forecast_from_the_last_hour(service: Any, end: datetime, later: datetime) -> None:
    status = refreshed(watched_slo(service=service, end=end, pairs=[GOOD] * 60 + [(1, 2)] * 60, rules=[]), later)
    assert (status.burn_1h, status.burn_6h) == (Decimal(50), Decimal("8.333333"))
    assert status.exhausts_at is None


def test_a_budget_that_outlasts_its_burn_is_not_forecast_to_end(service: Any, end: datetime, later: datetime) -> None:
    status = refreshed(watched_slo(service=service, end=end, pairs=[(999, 1000)] * 60), later)
    assert (status.remaining_ratio, status.exhausts_at, status.exhausts_6h_at) == (Decimal("0.9"), None, None)


def test_every_window_of_the_rules_has_its_burn(service: Any, end: datetime, later: datetime) -> None:
    rules = ["critical:30m/10m@20", "page-6h"]
    status = refreshed(watched_slo(service=service, end=end, pairs=[GOOD] * 50 + [(5, 10)] * 10, rules=rules), later)
    assert status.burns == {
        "600": "50.000000",
        "1800": "16.666667",
        "3600": "8.333333",
        "21600": "8.333333",
    }
    assert status.burn_of(timedelta(minutes=10)) == 50


def test_a_calendar_window_counts_from_its_first_minute(service: Any, end: datetime, later: datetime) -> None:
    """4 March 2026, noon: the month is three and a half days old, and its bad minute of February is forgotten."""
    window = {"window_kind": "calendar", "calendar_unit": "month", "zone": "UTC", "rules": []}
    slo = watched_slo(service=service, end=end, pairs=[BAD] + [GOOD] * (3 * 1440 + 720), **window)
    status = refreshed(slo, later)
    assert (status.window_start, status.bad) == (datetime(2026, 3, 1, tzinfo=end.tzinfo), 0)
    assert status.total == 10 * (3 * 1440 + 720)


def test_each_window_is_read_once_for_all(service: Any, later: datetime, django_assert_max_num_queries: Any) -> None:
    for days in [1, 7, 30]:
        SloStatusFactory.create_batch(9, slo__service=service, slo__window_days=days)
    with django_assert_max_num_queries(13):
        assert statuses.refresh_due(now=later) == 27


@pytest.mark.parametrize(
    ("promise", "kind", "held"),
    [({}, "derived", []), ({"method": "ratio_timeslices"}, "derived", ["page-1h"]), ({}, "composite", ["page-1h"])],
    ids=["occurrences", "ratio slices", "composite"],
)
def test_a_ratio_of_minutes_is_one_event_a_minute(
    service: Any, end: datetime, later: datetime, promise: Any, kind: str, held: list[str]
) -> None:
    slo = watched_slo(service=service, end=end, pairs=[(0, SCALE)] * 9, rules=["page-1h"], minimum_events=10, **promise)
    Sli.objects.filter(pk=slo.stream_id).update(kind=kind, source="", started_at=end - timedelta(minutes=9))
    assert list(refreshed(slo, later).held) == held
