"""Two drains at the same runs, and drains that fail at their last step, with real transactions."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from shortener.models import ClickDay, DrainDay, EdgeCursor, LinkTotal, Segment
from shortener.services import clicklog, clicks
from tests.factories.shortener import click, ship

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
RUNS = 12


def drain_until_nothing_waits(_number: int) -> None:
    try:
        while Segment.objects.exists():
            clicks.drain(now=AT)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_drains_that_overlap_count_every_click_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clicklog, "RUNS", 2)
    for number in range(RUNS):
        ship(click(7), click(7), number=number)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(drain_until_nothing_waits, range(2)))
    assert LinkTotal.objects.get(link_id=7).people == 2 * RUNS


@pytest.fixture
def broken_account() -> Iterator[None]:
    """The table that a drain writes to last refuses everything."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shortener_drainday ADD CONSTRAINT refuses CHECK (runs < 0) NOT VALID")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shortener_drainday DROP CONSTRAINT IF EXISTS refuses")


@pytest.mark.django_db(transaction=True)
def test_a_drain_that_fails_leaves_nothing_and_the_next_one_counts_all(broken_account: None) -> None:
    ship(click(7), click(7))
    for _ in range(2):
        with pytest.raises(IntegrityError):
            clicks.drain(now=AT)
    assert not any(model.objects.exists() for model in (LinkTotal, ClickDay, EdgeCursor, DrainDay))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shortener_drainday DROP CONSTRAINT refuses")
    assert clicks.drain(now=AT).clicks == 2
    assert (LinkTotal.objects.get().people, Segment.objects.exists()) == (2, False)
