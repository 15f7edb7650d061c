import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from portal.lib.errors import Invalid
from slo.domain.budgets import Counts
from slo.exceptions import NotPushed
from slo.models import MinuteCount, PushedMinute, RollUp, Sli
from slo.services import pushes, retention
from tests.factories.slo import SliFactory
from tests.factories.sources import push_sli

MINUTE = timedelta(minutes=1)


def push(sli: Sli, now: datetime, *pairs: tuple[int, int], source: str = "edge-1") -> dict[datetime, Counts]:
    """Pushes pairs for the minutes that end at `now`."""
    first = now - len(pairs) * MINUTE
    items = [
        {"minute": (first + number * MINUTE).isoformat(), "good": good, "total": total}
        for number, (good, total) in enumerate(pairs)
    ]
    return pushes.take_counts(sli=sli, body={"source": source, "minutes": items}, now=now, minute_days=7)


def counted(sli: Sli) -> list[tuple[int, int, bool]]:
    return list(MinuteCount.objects.filter(sli=sli).order_by("minute").values_list("good", "total", "measured"))


@pytest.fixture
def sli(service: Any) -> Sli:
    made: Sli = push_sli(service=service)
    return made


def test_what_is_pushed_is_counted(sli: Sli, now: datetime) -> None:
    push(sli, now, (9, 10), (0, 0))
    assert counted(sli) == [(9, 10, True), (0, 0, True)]
    sli.refresh_from_db()
    assert sli.counted_until == now


def test_a_repeat_replaces_and_never_adds(sli: Sli, now: datetime) -> None:
    push(sli, now, (9, 10))
    assert push(sli, now, (9, 10)) == {}
    assert push(sli, now, (7, 8)) == {now - MINUTE: Counts(7, 8, 1)}
    assert counted(sli) == [(7, 8, True)]


def test_sources_of_a_minute_add_up(sli: Sli, now: datetime) -> None:
    push(sli, now, (9, 10))
    assert push(sli, now, (5, 5), source="edge-2") == {now - MINUTE: Counts(14, 15, 1)}
    push(sli, now, (0, 0))
    assert counted(sli) == [(5, 5, True)]


def test_a_late_push_has_its_hour_summed_again(sli: Sli, now: datetime) -> None:
    pushes.take_counts(
        sli=sli,
        body={"source": "a", "minutes": [{"minute": "2026-03-03T08:15:00Z", "good": 1, "total": 2}]},
        now=now,
        minute_days=7,
    )
    assert RollUp.objects.filter(
        grain="hour", start=datetime.fromisoformat("2026-03-03T08:00Z"), is_stale=True
    ).exists()


def test_a_late_push_does_not_move_the_cursor_back(sli: Sli, now: datetime) -> None:
    push(sli, now, (1, 1))
    push(sli, now - 60 * MINUTE, (1, 1))
    sli.refresh_from_db()
    assert sli.counted_until == now


def test_nothing_is_taken_of_a_push_with_a_fault(sli: Sli, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        push(sli, now, (1, 1), (2, 1))
    assert list(refused.value.fields) == ["minutes.1.good"]
    assert not PushedMinute.objects.exists()


def test_unknown_members_are_refused(sli: Sli, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        pushes.take_counts(sli=sli, body={"source": "a", "minutes": [], "x": 1}, now=now, minute_days=7)
    assert sorted(refused.value.fields) == ["minutes", "x"]


def test_other_slis_take_no_pushes(service: Any, now: datetime) -> None:
    with pytest.raises(NotPushed):
        push(SliFactory(service=service), now, (1, 1))


def test_pushed_minutes_go_with_their_day(sli: Sli, now: datetime) -> None:
    push(sli, now, (1, 1))
    retention.keep(now=now + timedelta(days=9), minute_days=7)
    assert not PushedMinute.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pushes_at_the_same_time_lose_no_source(sli: Sli, now: datetime) -> None:
    push(sli, now, (0, 0), source="first")

    def one(number: int) -> None:
        push(sli, now, (number, 10), source=f"edge-{number}")
        connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted(sli) == [(10, 50, True)]
