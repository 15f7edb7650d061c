"""The hours of an own stream that are older than its minutes."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, HOUR
from slo.models import HourCount, Slo
from slo.services import derivation, history, past, streams
from slo.services.history import HourRow
from tests.factories.adjustments import CorrectionFactory
from tests.factories.slo import SliFactory, SloFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    """Ratio slices over an SLI with two hours of twenty days ago, one of them bad."""
    sli, first = SliFactory(service=service), now - 20 * DAY
    rows = [HourRow(first, Counts(100, 100, 60)), HourRow(first + HOUR, Counts(50, 100, 60))]
    history.set_hours(sli=sli, hours=rows, now=now)
    return streams.ensure_stream(slo=SloFactory(service=service, sli=sli, method="ratio_timeslices"), now=now)


def ratios(slo: Slo) -> list[Decimal]:
    rows = HourCount.objects.filter(sli_id=slo.stream_id).order_by("hour").values_list("good", "total")
    return [Decimal(good) / Decimal(total) for good, total in rows if total]


def corrected(slo: Slo, now: datetime, **fields: Any) -> None:
    span = {"starts_at": now - 20 * DAY + HOUR, "ends_at": now - 20 * DAY + 2 * HOUR, "service": slo.service}
    correction = CorrectionFactory(slo=slo, **span, **fields)
    [stream] = derivation.locked([slo.stream_id])
    past.adjust(stream, correction, until=now - 10 * DAY)


def test_the_past_begins_with_the_hours_of_its_parts(slo: Slo) -> None:
    assert ratios(slo) == [Decimal(1), Decimal("0.5")]


def test_a_correction_leaves_a_whole_hour_out(slo: Slo, now: datetime) -> None:
    corrected(slo, now, effect="exclude")
    assert ratios(slo) == [Decimal(1)]


def test_a_correction_counts_a_whole_hour_as_good(slo: Slo, now: datetime) -> None:
    corrected(slo, now, effect="good")
    assert ratios(slo) == [Decimal(1), Decimal(1)]


def test_one_that_is_taken_back_restores_what_was(slo: Slo, now: datetime) -> None:
    corrected(slo, now, effect="exclude")
    correction = slo.corrections.get()
    correction.revoked_at = now
    correction.save()
    [stream] = derivation.locked([slo.stream_id])
    past.adjust(stream, correction, until=now - 10 * DAY)
    assert ratios(slo) == [Decimal(1), Decimal("0.5")]
