from datetime import datetime, timedelta

import pytest

from portal.lib.errors import Invalid
from portal.lib.times import Span
from shortener.models import ClickHour
from shortener.selectors import reports

pytestmark = pytest.mark.django_db


def test_a_report_adds_up(now: datetime) -> None:
    ClickHour.objects.create(link_id=7, hour=now, people=3, bots=2)
    report = reports.link_report(7, Span(now - timedelta(days=1), now + timedelta(hours=1)))
    assert (report.people, report.bots, report.total, report.step) == (3, 2, 5, "hour")


@pytest.mark.parametrize(("days", "step"), [(8, "hour"), (9, "day")])
def test_without_a_step_the_length_decides(days: int, step: str, now: datetime) -> None:
    assert reports.link_report(7, Span(now - timedelta(days=days), now)).step == step


def test_without_a_span_the_last_seven_days_are_meant(now: datetime) -> None:
    assert reports.span_of(None, None, now=now) == Span(now - timedelta(days=7), now)


def test_an_empty_span_is_refused(now: datetime) -> None:
    with pytest.raises(Invalid):
        reports.span_of(now, now, now=now)
