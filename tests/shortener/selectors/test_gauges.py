from datetime import datetime

import pytest

from shortener.selectors import gauges
from shortener.services import clicks
from tests.factories.shortener import LinkFactory, click, ship

pytestmark = pytest.mark.django_db


def test_what_was_expected_is_what_is_stored(now: datetime) -> None:
    ship(click(7), click(7, method="HEAD"))
    clicks.drain(now=now)
    assert list(gauges.clicks_expected()) == list(gauges.clicks_stored()) == [({}, 1.0)]


def test_waiting_runs_are_counted() -> None:
    ship(click(7))
    assert list(gauges.segments_waiting()) == [({}, 1.0)]


def test_links_are_counted_by_state() -> None:
    LinkFactory(state="disabled")
    assert list(gauges.links_by_state()) == [({"state": "disabled"}, 1.0)]
