"""Two drains at the same runs, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from shortener.models import LinkTotal, Segment
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
