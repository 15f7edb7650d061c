"""Bringing own streams up to the watermark."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.windows import DAY, HOUR, MINUTE
from slo.models import MinuteCount, Slo
from slo.services import counts, fills, streams
from tests.factories.slo import SliFactory, SloFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    slo = SloFactory(service=service, sli=SliFactory(service=service, started_at=now - HOUR), schedule=[{"days": [0]}])
    return streams.ensure_stream(slo=slo, now=now)


def test_each_stream_is_filled_once_a_minute(slo: Slo, now: datetime) -> None:
    later = now + 10 * MINUTE
    assert [fills.fill_due(now=later), fills.fill_due(now=later), fills.fill_due(now=later + MINUTE)] == [1, 0, 1]


def test_after_an_outage_two_days_are_filled(slo: Slo, now: datetime) -> None:
    fills.fill_due(now=now + 5 * DAY)
    minutes = MinuteCount.objects.filter(sli=slo.stream, minute__gte=now + MINUTE).order_by("minute")
    assert minutes.values_list("minute", flat=True)[0] == now + 3 * DAY - MINUTE


def test_the_order_in_which_parts_are_filled_has_no_say(slo: Slo, now: datetime) -> None:
    sliced = streams.ensure_stream(
        slo=SloFactory(service=slo.service, sli=slo.sli, method="timeslices", slice_target=Decimal("0.9")), now=now
    )
    counts.set_minutes([counts.MinuteRow(slo.sli_id, now, 1, 10)], now=now)
    before = list(MinuteCount.objects.filter(sli=sliced.stream).values_list("good", "total"))
    fills.fill_due(now=now + 3 * MINUTE)
    assert list(MinuteCount.objects.filter(sli=sliced.stream).values_list("good", "total")) == before
