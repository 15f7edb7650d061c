"""Reading registered sources."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.windows import MINUTE
from slo.models import MinuteCount, Sli
from slo.services import collection, sources
from tests.factories.slo import SliFactory

pytestmark = pytest.mark.django_db


class Events:
    """A source that answers from a table of minutes; other minutes have one good event."""

    def __init__(self) -> None:
        self.known: dict[datetime, tuple[int, int] | None] = {}
        self.asked = 0

    def counts(self, start: datetime, end: datetime) -> tuple[int, int] | None:
        self.asked += 1
        minutes = [start + number * MINUTE for number in range((end - start) // MINUTE)]
        found = [answer for minute in minutes if (answer := self.known.get(minute, (1, 1))) is not None]
        return (sum(good for good, _ in found), sum(total for _, total in found)) if found else None


@pytest.fixture
def events() -> Iterator[Events]:
    found = Events()
    sources.register(sources.Source("tests.events", "Events", found.counts))
    yield found
    sources.unregister("tests.events")


@pytest.fixture
def sli(service: Any, now: datetime) -> Any:
    return SliFactory(service=service, source="tests.events", started_at=now)


def total(sli: Sli) -> int:
    return sum(MinuteCount.objects.filter(sli=sli).values_list("total", flat=True))


def test_minutes_are_read_up_to_the_watermark(events: Events, sli: Any, now: datetime) -> None:
    assert collection.collect_due(now=now + timedelta(minutes=5, seconds=59)) == 4
    assert total(sli) == 4


def test_a_repeat_changes_nothing(events: Events, sli: Any, now: datetime) -> None:
    collection.collect_due(now=now + 10 * MINUTE)
    assert collection.collect_due(now=now + 10 * MINUTE) == 0
    assert total(sli) == 9


def test_the_last_minutes_get_a_second_look(events: Events, sli: Any, now: datetime) -> None:
    collection.collect_due(now=now + 10 * MINUTE)
    events.known[now + 5 * MINUTE] = (3, 9)
    assert collection.collect_due(now=now + 10 * MINUTE) == 1
    assert total(sli) == 17


def test_an_unmeasured_minute_is_left_out(events: Events, sli: Any, now: datetime) -> None:
    events.known[now + MINUTE] = None
    collection.collect_due(now=now + 4 * MINUTE)
    assert MinuteCount.objects.filter(sli=sli).count() == 2


def test_after_an_outage_of_ours_the_gap_is_read_piece_by_piece(events: Events, sli: Any, now: datetime) -> None:
    collection.collect_due(now=now + 3 * MINUTE)
    later = now + timedelta(hours=4, minutes=1)
    collection.collect_due(now=later)
    assert total(sli) == 122
    collection.collect_due(now=later)
    assert total(sli) == 240


def test_impossible_counts_are_reported_until_they_are_right(events: Events, sli: Any, now: datetime) -> None:
    events.known[now] = (2, 1)
    collection.collect_due(now=now + 3 * MINUTE)
    assert "2 good of 1" in Sli.objects.get(pk=sli.pk).problem
    events.known.clear()
    collection.collect_due(now=now + 3 * MINUTE)
    assert (Sli.objects.get(pk=sli.pk).problem, total(sli)) == ("", 2)


def test_a_source_that_is_gone_is_unmeasured(service: Any, now: datetime) -> None:
    SliFactory(service=service, source="tests.gone", started_at=now)
    assert collection.collect_due(now=now + 9 * MINUTE) == 0
    assert not MinuteCount.objects.exists()


@pytest.fixture
def three_hours(events: Events, sli: Any, now: datetime) -> datetime:
    """The SLI was read for three hours and ten minutes."""
    for number in range(1, 3):
        collection.collect_due(now=now + number * 100 * MINUTE)
    return now + 190 * MINUTE


def test_events_that_come_hours_late_reach_the_counts(
    events: Events, sli: Any, now: datetime, three_hours: datetime
) -> None:
    before = total(sli)
    events.known[now + 65 * MINUTE] = (3, 9)
    assert collection.collect_due(now=three_hours) == 0
    assert collection.reconcile_due(now=three_hours) == 1
    assert total(sli) == before + 8


def test_hours_that_agree_are_not_read_again(events: Events, sli: Any, three_hours: datetime) -> None:
    events.asked = 0
    assert collection.reconcile_due(now=three_hours) == 0
    assert events.asked == 3


def test_the_hour_in_which_the_sli_began_is_left_alone(events: Events, service: Any, now: datetime) -> None:
    SliFactory(service=service, source="tests.events", started_at=now + 10 * MINUTE)
    collection.collect_due(now=now + 100 * MINUTE)
    events.known[now + 5 * MINUTE] = (5, 5)
    assert collection.reconcile_due(now=now + 100 * MINUTE) == 0


def test_an_sli_that_was_never_read_has_nothing_to_compare(events: Events, sli: Any, now: datetime) -> None:
    assert collection.reconcile_due(now=now) == 0
