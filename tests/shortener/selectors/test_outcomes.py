from datetime import datetime, timedelta

import pytest

from shortener import selectors
from shortener.models import MinuteOutcome

pytestmark = pytest.mark.django_db


def test_the_minutes_of_a_half_open_span_are_summed(now: datetime) -> None:
    for minutes in range(3):
        MinuteOutcome.objects.create(minute=now + timedelta(minutes=minutes), good=9, total=10)
    assert selectors.redirect_counts(now, now + timedelta(minutes=2)) == (18, 20)


def test_a_span_without_traffic_has_zeros(now: datetime) -> None:
    assert selectors.redirect_counts(now, now + timedelta(hours=1)) == (0, 0)
