from datetime import datetime, timedelta

import pytest

from shortener.models import AbuseReport
from shortener.selectors import gauges
from shortener.services import clicks
from tests.factories.shortener import LinkFactory, WebhookDeliveryFactory, click, ship

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


def test_the_lag_is_the_age_of_the_oldest_run() -> None:
    assert list(gauges.drain_lag()) == [({}, 0.0)]
    ship(click(7))
    [(_, lag)] = gauges.drain_lag()
    assert lag > 24 * 3600


def test_a_backlog_is_told_after_a_minute_and_over_when_it_is_drained(now: datetime) -> None:
    ship(click(7), received_at=now)
    assert gauges.backlog(now + timedelta(seconds=60)) is None
    assert gauges.backlog(now + timedelta(seconds=75)) == "Clicks have been waiting to be counted for 75 s."
    clicks.drain(now=now)
    assert gauges.backlog(now + timedelta(hours=1)) is None


def test_events_and_reports_that_wait_are_counted(now: datetime) -> None:
    WebhookDeliveryFactory()
    WebhookDeliveryFactory(due_at=None)
    AbuseReport.objects.create(link=LinkFactory(), address="a", reason="spam", created_at=now)
    assert list(gauges.deliveries_waiting()) == list(gauges.reports_open()) == [({}, 1.0)]
