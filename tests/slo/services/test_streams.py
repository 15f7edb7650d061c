"""Own streams: made where the promise asks for one, filled from the past, and following their parents."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.domain.streams import SCALE
from slo.domain.windows import DAY, EPOCH, HOUR, MINUTE
from slo.models import DayCount, HourCount, MinuteCount, RollUp, Sli, Slo, SloStatus
from slo.selectors.windows import counts_of
from slo.services import counts, fills, objectives, rollups, streams
from tests.factories.adjustments import MaintenanceWindowFactory
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory, minutes

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
SLICES = {"method": "timeslices", "slice_target": Decimal("0.9")}
Rows = list[tuple[int, int]]


@pytest.fixture
def sli(service: Any, now: datetime) -> Any:
    return SliFactory(service=service, started_at=now - 3 * HOUR)


def make(sli: Sli, **fields: Any) -> Slo:
    slo: Slo = SloFactory(service=sli.service, sli=sli, **fields)
    SloStatusFactory(slo=slo)
    return slo


def ensured(slo: Slo, now: datetime, **changes: Any) -> Slo:
    Slo.objects.filter(pk=slo.pk).update(**changes)
    return streams.ensure_stream(slo=Slo.objects.get(pk=slo.pk), now=now)


def stored(sli_id: int) -> Rows:
    return list(MinuteCount.objects.filter(sli_id=sli_id).order_by("minute").values_list("good", "total"))


def hours(sli_id: int) -> list[tuple[int, int, int]]:
    rows = HourCount.objects.filter(sli_id=sli_id).order_by("hour")
    return list(rows.values_list("good", "total", "measured_minutes"))


def test_a_plain_slo_uses_the_sli_itself(sli: Any, now: datetime) -> None:
    slo = ensured(make(sli), now)
    assert slo.stream == sli
    assert not Sli.objects.exclude(owner=None).exists()


def test_the_minute_in_which_counting_began_is_no_low_throughput(sli: Any, now: datetime) -> None:
    minutes(sli, end=now, pairs=[(1, 1), (9, 9)])
    Sli.objects.filter(pk=sli.pk).update(started_at=now - MINUTE - timedelta(seconds=20))
    slo = ensured(make(sli), now, category="throughput", threshold=5)
    assert stored(slo.stream_id) == [(1, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        SLICES,
        {"method": "ratio_timeslices"},
        {"category": "throughput", "threshold": 5},
        {"category": "freshness", "threshold": 60},
        {"schedule": [{"days": [0]}]},
    ],
    ids=["slices", "ratios", "throughput", "freshness", "schedule"],
)
def test_a_promise_that_asks_for_it_gets_a_stream_of_its_own(sli: Any, now: datetime, changes: Any) -> None:
    slo = ensured(make(sli), now, **changes)
    assert (slo.stream.owner, slo.stream.kind) == (slo, "derived")
    assert streams.ensure_stream(slo=slo, now=now).stream == slo.stream


def test_kept_minutes_are_filled_in(sli: Any, now: datetime) -> None:
    minutes(sli, end=now, pairs=[(9, 10), (8, 10), (0, 0)])
    slo = ensured(make(sli), now, **SLICES)
    assert stored(slo.stream_id) == [(1, 1), (0, 1), (0, 0)]
    assert SloStatus.objects.get(slo=slo).window_end == EPOCH


def test_closed_hours_are_filled_in_without_waiting_for_a_tick(sli: Any, now: datetime) -> None:
    minutes(sli, end=now, pairs=[(9, 10), (8, 10)] * 60)
    slo = ensured(make(sli), now + 2 * MINUTE, **SLICES)
    assert hours(slo.stream_id) == [(30, 60, 60)] * 2


def test_a_later_minute_is_followed_in_the_same_transaction(sli: Any, now: datetime) -> None:
    slo = ensured(make(sli), now, **SLICES)
    counts.add_minutes([counts.MinuteRow(sli.pk, now, 1, 1)], now=now)
    counts.add_minutes([counts.MinuteRow(sli.pk, now, 0, 1)], now=now)
    assert stored(slo.stream_id) == [(0, 1)]


def test_a_late_minute_reaches_the_hour_and_the_day(sli: Any, now: datetime) -> None:
    minutes(sli, end=now, pairs=[(10, 10)] * 60)
    slo = ensured(make(sli), now, **SLICES)
    rollups.roll_up_due(now=now + DAY)
    counts.set_minutes([counts.MinuteRow(sli.pk, now - MINUTE, 0, 10)], now=now + DAY)
    rollups.roll_up_due(now=now + DAY)
    assert hours(slo.stream_id) == [(59, 60, 60)]
    assert DayCount.objects.get(sli=slo.stream).good == 59


def test_impossible_minutes_reach_no_stream(sli: Any, now: datetime) -> None:
    slo = ensured(make(sli), now, **SLICES)
    counts.set_minutes([counts.MinuteRow(sli.pk, now, 11, 10)], now=now)
    assert stored(slo.stream_id) == []
    assert "more than all" in Sli.objects.get(pk=sli.pk).problem


def test_slis_that_nothing_follows_cost_one_look_up(sli: Any, now: datetime, django_assert_num_queries: Any) -> None:
    counts.set_minutes([counts.MinuteRow(sli.pk, now, 1, 1)], now=now)
    with django_assert_num_queries(3):
        counts.set_minutes([counts.MinuteRow(sli.pk, now, 1, 2)], now=now)


def past_hour(sli: Sli, hour: datetime, good: int, total: int) -> None:
    HourCount.objects.create(sli=sli, hour=hour, good=good, total=total, measured_minutes=60)


def test_history_survives_an_edit(sli: Any, now: datetime) -> None:
    past_hour(sli, now - 20 * DAY, 5000, 10000)
    minutes(sli, end=now, pairs=[(9, 10)])
    slo = ensured(make(sli), now, **SLICES)
    assert hours(slo.stream_id)[0] == (30, 60, 60)
    slo = ensured(slo, now, method="ratio_timeslices", slice_target=None)
    assert hours(slo.stream_id)[0] == (30 * SCALE, 60 * SCALE, 60)
    slo = ensured(slo, now, method="occurrences")
    assert hours(slo.stream_id)[0] == (5000, 10000, 60)
    assert stored(slo.stream_id) == [(9, 10)]


def test_a_change_computes_kept_minutes_anew_and_no_older_hour(sli: Any, now: datetime) -> None:
    past_hour(sli, now - 20 * DAY, 5000, 10000)
    minutes(sli, end=now, pairs=[(8, 10)])
    slo = ensured(make(sli), now, **SLICES)
    slo = ensured(slo, now, slice_target=Decimal("0.8"))
    assert (stored(slo.stream_id), hours(slo.stream_id)[0]) == ([(1, 1)], (30, 60, 60))


def test_the_past_of_another_sli_stays(sli: Any, service: Any, now: datetime) -> None:
    past_hour(sli, now - 20 * DAY, 5000, 10000)
    other = SliFactory(service=service)
    minutes(other, end=now, pairs=[(1, 2)])
    slo = objectives.update_slo(actor=ACTOR, slo=make(sli), facts={"sli": other}, now=now)
    assert hours(slo.stream_id) == [(5000, 10000, 60)]
    assert stored(slo.stream_id) == [(1, 2)]


def test_a_new_slo_begins_with_the_past_of_its_sli(sli: Any, now: datetime) -> None:
    past_hour(sli, now - 20 * DAY, 5000, 10000)
    facts = {"name": "New", "objective": Decimal("0.99"), "schedule": [{"from": "00:00", "until": "01:00"}], **SLICES}
    slo = objectives.create_slo(actor=ACTOR, service=sli.service, sli=sli, facts=facts, now=now)
    assert hours(slo.stream_id)[0] == (0, 0, 60)


def test_time_outside_the_schedule_is_measured_and_empty(sli: Any, now: datetime) -> None:
    slo = ensured(make(sli), now, schedule=[{"from": "00:00", "until": "12:00"}])
    later = now + 11 * MINUTE
    counts.set_minutes([counts.MinuteRow(sli.pk, now - MINUTE, 0, 5)], now=later)
    fills.fill_due(now=later)
    found = counts_of(slo.stream_id, now - MINUTE, now + 10 * MINUTE)
    assert (found.bad, found.total, found.measured_minutes) == (5, 5, 11)


def test_maintenance_is_left_out_where_the_slo_says_so(sli: Any, now: datetime) -> None:
    MaintenanceWindowFactory(service=sli.service, starts_at=now, ends_at=now + 2 * MINUTE)
    careful, strict = ensured(make(sli), now), ensured(make(sli, excludes_maintenance=False), now)
    counts.set_minutes([counts.MinuteRow(sli.pk, now, 0, 5)], now=now)
    assert stored(careful.stream_id)[-1] == (0, 0)
    assert strict.stream == sli


def test_an_event_that_grows_old_is_noticed_without_another(sli: Any, now: datetime) -> None:
    slo = ensured(make(sli), now - MINUTE, category="freshness", threshold=120)
    for number, good in enumerate([1, 0, 0, 0]):
        counts.set_minutes([counts.MinuteRow(sli.pk, now + number * MINUTE, good, good)], now=now + 9 * MINUTE)
    assert stored(slo.stream_id) == [(1, 1), (1, 1), (1, 1), (0, 1)]


def test_a_good_event_that_came_late_mends_what_follows(sli: Any, now: datetime) -> None:
    slo = ensured(make(sli), now - MINUTE, category="freshness", threshold=60)
    later = now + 9 * MINUTE
    counts.set_minutes([counts.MinuteRow(sli.pk, now + number * MINUTE, 0, 0) for number in range(3)], now=later)
    counts.set_minutes([counts.MinuteRow(sli.pk, now, 1, 1)], now=later)
    assert stored(slo.stream_id) == [(1, 1), (1, 1), (0, 1)]


def test_the_stream_of_an_archived_slo_rests(sli: Any, now: datetime) -> None:
    slo = ensured(make(sli), now, **SLICES)
    Slo.objects.filter(pk=slo.pk).update(archived_at=now)
    counts.set_minutes([counts.MinuteRow(sli.pk, now, 1, 1)], now=now)
    assert stored(slo.stream_id) == []


def test_the_second_look_of_an_hour_agrees_with_what_was_filled_in(sli: Any, now: datetime) -> None:
    minutes(sli, end=now, pairs=[(9, 10), (8, 10)] * 30)
    slo = ensured(make(sli), now + 2 * MINUTE, **SLICES)
    before = hours(slo.stream_id)
    RollUp.objects.update(is_stale=True)
    rollups.roll_up_due(now=now + timedelta(minutes=20))
    assert hours(slo.stream_id) == before
