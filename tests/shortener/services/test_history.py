from datetime import datetime
from typing import Any

import pytest

from shortener.domain.segments import ClickRecord
from shortener.selectors import link_totals
from shortener.services import history
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def records(link: Any, now: datetime) -> list[ClickRecord]:
    at_us = int(now.timestamp() * 1_000_000)
    return [ClickRecord(at_us=at_us + second, link_id=link.pk, status=302, good=True) for second in range(5)]


def test_past_clicks_go_the_way_of_every_click(now: datetime) -> None:
    link = LinkFactory()
    assert history.add_clicks(records=records(link, now), source="import", number=1, now=now) == 5
    assert sum((link_totals([link.pk])[link.pk].people, link_totals([link.pk])[link.pk].bots)) == 5


def test_the_same_run_is_counted_once(now: datetime) -> None:
    link = LinkFactory()
    history.add_clicks(records=records(link, now), source="import", number=1, now=now)
    assert history.add_clicks(records=records(link, now), source="import", number=1, now=now) == 0


def test_no_records_are_no_run(now: datetime) -> None:
    assert history.add_clicks(records=[], source="import", number=1, now=now) == 0
