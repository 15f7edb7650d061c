"""Watching volumes: a warning opens and resolves with the state."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from slo.domain.volumes import WEEK
from slo.domain.windows import HOUR
from slo.models import HourCount, RollUp, Sli
from slo.services import volumes
from tests.factories.slo import SliFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sli(service: Any, now: datetime) -> Sli:
    """An SLI with 1,000 events at eleven on Wednesdays, four weeks long."""
    found: Sli = SliFactory(service=service, name="Orders", watches_volume=True)
    for number in range(1, 5):
        put(found, now - HOUR - number * WEEK, 1000)
    RollUp.objects.create(grain="hour", start=now - HOUR, done_at=now, is_stale=False)
    return found


def put(sli: Sli, hour: datetime, total: int, measured: int = 60) -> None:
    facts = {"good": total, "total": total, "measured_minutes": measured}
    HourCount.objects.update_or_create(sli=sli, hour=hour, defaults=facts)


def watched(sli: Sli, now: datetime) -> tuple[str, list[str]]:
    volumes.watch_due(now=now + timedelta(minutes=2))
    sli.refresh_from_db()
    return sli.volume_state, list(Alert.objects.order_by("pk").values_list("status", flat=True))


def test_a_lull_opens_a_warning_that_says_what_is_usual(sli: Sli, now: datetime) -> None:
    put(sli, now - HOUR, 90)
    assert watched(sli, now) == ("low", ["firing"])
    alert = Alert.objects.get()
    assert (alert.title, alert.severity, alert.service_id) == ("Explain the lull: Orders", "warning", sli.service_id)
    assert alert.detail.splitlines() == [
        "Checkout: Orders had 90 events from 2026-03-04 11:00 to 12:00 UTC, in 60 measured minutes.",
        "The same hour of the last four weeks had 1,000, give or take 100.",
    ]


def test_a_flood_opens_one_too(sli: Sli, now: datetime) -> None:
    put(sli, now - HOUR, 5000)
    assert watched(sli, now) == ("high", ["firing"])
    assert Alert.objects.get().title == "Explain the flood: Orders"


def test_a_repeat_changes_nothing(sli: Sli, now: datetime) -> None:
    put(sli, now - HOUR, 90)
    watched(sli, now)
    assert volumes.watch_due(now=now + timedelta(minutes=3)) == 0
    assert Alert.objects.get().joined_count == 0


def test_the_usual_volume_resolves(sli: Sli, now: datetime) -> None:
    put(sli, now - HOUR, 90)
    watched(sli, now)
    put(sli, now - HOUR, 950)
    assert watched(sli, now) == ("", ["resolved"])


@pytest.mark.parametrize(("state", "alerts"), [("", []), ("low", [])])
def test_an_hour_that_nobody_measured_neither_opens_nor_resolves(
    sli: Sli, now: datetime, state: str, alerts: list[str]
) -> None:
    Sli.objects.filter(pk=sli.pk).update(volume_state=state)
    assert watched(sli, now) == (state, alerts)


def test_only_hours_that_are_summed_up_are_judged(sli: Sli, now: datetime) -> None:
    put(sli, now - HOUR, 90)
    RollUp.objects.update(start=now - 2 * HOUR)
    assert watched(sli, now) == ("", [])


def test_an_sli_that_is_not_watched_is_left_alone(sli: Sli, now: datetime) -> None:
    Sli.objects.update(watches_volume=False)
    put(sli, now - HOUR, 90)
    assert watched(sli, now) == ("", [])


def test_one_that_is_not_watched_any_more_is_usual_again(sli: Sli, now: datetime) -> None:
    put(sli, now - HOUR, 90)
    watched(sli, now)
    Sli.objects.update(watches_volume=False)
    assert watched(sli, now) == ("", ["resolved"])


def test_a_long_name_is_cut(sli: Sli) -> None:
    sli.name, sli.volume_state = "x" * 100, "low"
    assert len(volumes.title_of(sli)) == 49


def test_a_sparse_sli_covers_its_interval(sli: Sli, now: datetime) -> None:
    """Six runs an hour, each for ten minutes: the hour was measured, and a tenth of its events is a lull."""
    Sli.objects.update(every=timedelta(minutes=10))
    HourCount.objects.update(measured_minutes=6)
    put(sli, now - HOUR, 90, measured=6)
    assert watched(sli, now)[0] == "low"


def test_many_cost_no_query_each(service: Any, sli: Sli, now: datetime, django_assert_max_num_queries: Any) -> None:
    SliFactory.create_batch(9, service=service, watches_volume=True)
    with django_assert_max_num_queries(4):
        volumes.watch_due(now=now + timedelta(minutes=2))
