"""What follows from changed minutes for the streams of SLOs."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.windows import MINUTE
from slo.models import Sli, Slo
from slo.services import derivation, streams
from tests.factories.slo import SliFactory, SloFactory, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    made = SloFactory(
        service=service, sli=SliFactory(service=service), method="timeslices", slice_target=Decimal("0.9")
    )
    return streams.ensure_stream(slo=made, now=now)


def test_an_sli_that_no_stream_follows_costs_one_look_up(now: datetime, django_assert_num_queries: Any) -> None:
    sli = SliFactory()
    with django_assert_num_queries(1):
        assert derivation.following([(sli.pk, now)], now=now) == []


def test_a_changed_minute_has_its_minute_in_the_stream(slo: Slo, now: datetime) -> None:
    minute = now - MINUTE
    minutes(slo.sli, end=now, pairs=[(8, 10)])
    [row] = derivation.following([(slo.sli_id, minute)], now=now)
    assert (row.sli_id, row.minute, row.good, row.total) == (slo.stream_id, minute, 0, 1)


def test_an_archived_slo_is_followed_no_more(slo: Slo, now: datetime) -> None:
    Slo.objects.filter(pk=slo.pk).update(archived_at=now)
    assert derivation.following([(slo.sli_id, now - MINUTE)], now=now) == []


def test_only_own_streams_are_locked(slo: Slo) -> None:
    found = derivation.locked([slo.sli_id, slo.stream_id])
    assert [stream.sli for stream in found] == [Sli.objects.get(pk=slo.stream_id)]
