from datetime import datetime, timedelta

import pytest

from shortener.models import EdgeArchive, EdgeCursor, LinkTotal
from shortener.services import clicks, cursors
from tests.factories.shortener import click, ship

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=2)


def fill(now: datetime, *, edge: str = "edge-a", segments: int = cursors.KEPT_NEWEST + 3) -> None:
    cursors.advance({(edge, number): 64 + number for number in range(1, segments + 1)}, now)


def test_a_segment_that_was_never_met_has_no_cursor() -> None:
    assert cursors.counted([("edge-a", 1)]) == {}
    assert cursors.counted([]) == {}


def test_a_cursor_moves(now: datetime) -> None:
    cursors.advance({("edge-a", 1): 100}, now)
    cursors.advance({("edge-a", 1): 200, ("edge-b", 1): 70}, now)
    assert cursors.counted([("edge-a", 1), ("edge-b", 1), ("edge-b", 2)]) == {("edge-a", 1): 200, ("edge-b", 1): 70}


def test_old_cursors_are_packed_and_still_known(now: datetime) -> None:
    fill(now)
    assert cursors.pack(now=now + LATER) == 1
    assert EdgeCursor.objects.count() == cursors.KEPT_NEWEST
    archive = EdgeArchive.objects.get()
    assert (archive.first, archive.last, archive.numbers, archive.counted_to) == (1, 3, [1, 2, 3], [65, 66, 67])
    assert cursors.counted([("edge-a", 2), ("edge-a", 9)]) == {("edge-a", 2): 66, ("edge-a", 9): 73}


def test_packing_again_adds_to_the_archive_of_the_day(now: datetime) -> None:
    fill(now)
    cursors.pack(now=now + LATER)
    fill(now, segments=cursors.KEPT_NEWEST + 5)
    cursors.pack(now=now + LATER)
    assert EdgeArchive.objects.get().last == 5
    assert cursors.counted([("edge-a", 5)]) == {("edge-a", 5): 69}


def test_recent_cursors_and_those_of_a_quiet_edge_stay(now: datetime) -> None:
    fill(now, edge="edge-quiet", segments=5)
    fill(now + LATER)
    cursors.pack(now=now + LATER)
    assert not EdgeArchive.objects.exists()


def test_each_edge_has_an_archive_of_its_own(now: datetime) -> None:
    fill(now, edge="edge-a")
    fill(now, edge="edge-b")
    assert cursors.pack(now=now + LATER) == 2
    assert cursors.counted([("edge-b", 1)]) == {("edge-b", 1): 65}


def test_a_run_of_a_packed_segment_is_still_a_repeat_and_what_follows_it_is_not(now: datetime) -> None:
    first = ship(click(7))
    size = len(first.body)
    clicks.drain(now=now)
    fill(now, segments=cursors.KEPT_NEWEST + 40)
    EdgeCursor.objects.filter(number=1).update(counted_to=64 + size)
    cursors.pack(now=now + LATER)
    ship(click(7))
    ship(click(7), offset=64 + size)
    assert (clicks.drain(now=now).repeats, LinkTotal.objects.get().people) == (1, 2)
