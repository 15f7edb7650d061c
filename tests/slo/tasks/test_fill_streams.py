"""The tick that brings own streams up to the watermark."""

from datetime import datetime
from typing import Any

import pytest
import time_machine

from slo import tasks
from slo.domain.windows import HOUR, MINUTE
from slo.models import Slo
from slo.selectors.windows import counts_of
from tests.factories.adjustments import CorrectionFactory
from tests.factories.slo import SliFactory, SloFactory

pytestmark = pytest.mark.django_db


def test_corrections_that_wait_are_applied_and_empty_time_is_filled(service: Any, now: datetime) -> None:
    slo = SloFactory(service=service, sli=SliFactory(service=service, started_at=now))
    CorrectionFactory(service=service, starts_at=now, ends_at=now + HOUR)
    with time_machine.travel(now + 11 * MINUTE, tick=False):
        assert tasks.fill_streams_due() == 2
        assert tasks.fill_streams_due() == 0
    stream = Slo.objects.get(pk=slo.pk).stream_id
    assert counts_of(stream, now, now + 10 * MINUTE).measured_minutes == 10
