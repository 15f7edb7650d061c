"""Working corrections and windows into streams may be repeated."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.windows import HOUR, MINUTE
from slo.models import MinuteCount
from slo.services import adjusting
from tests.factories.adjustments import CorrectionFactory, MaintenanceWindowFactory
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory, minutes

pytestmark = pytest.mark.django_db


def test_a_repeat_changes_nothing(service: Any, now: datetime) -> None:
    slo = SloStatusFactory(slo=SloFactory(service=service, sli=SliFactory(service=service))).slo
    minutes(slo.sli, end=now, pairs=[(1, 2)] * 3)
    correction = CorrectionFactory(service=service, starts_at=now - 2 * MINUTE, ends_at=now)
    for _ in range(2):
        adjusting.apply(correction, now=now)
        slo.refresh_from_db()
        rows = MinuteCount.objects.filter(sli=slo.stream, minute__lt=now).order_by("minute")
        assert list(rows.values_list("good", "total")) == [(1, 2), (0, 0), (0, 0)]


def test_what_is_to_come_changes_nothing_yet(service: Any, now: datetime) -> None:
    slo = SloFactory(service=service, sli=SliFactory(service=service))
    minutes(slo.sli, end=now, pairs=[(1, 2)])
    window = MaintenanceWindowFactory(service=service, starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    assert adjusting.apply_due(now=now) == 1
    slo.refresh_from_db()
    window.refresh_from_db()
    assert list(MinuteCount.objects.filter(sli=slo.stream).values_list("good", "total")) == [(1, 2)]
    assert window.applied_until == now - MINUTE
