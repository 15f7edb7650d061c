"""What a correction would change, without storing it."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.windows import HOUR, MINUTE
from slo.selectors.consequences import consequences
from tests.factories.adjustments import CorrectionFactory
from tests.factories.slo import SliFactory, SloFactory, minutes

pytestmark = pytest.mark.django_db


def test_each_slo_of_the_service_is_told_apart(service: Any, now: datetime) -> None:
    slos = [SloFactory(service=service, sli=SliFactory(service=service)) for _ in range(2)]
    minutes(slos[0].sli, end=now, pairs=[(1, 2)] * 60)
    draft = CorrectionFactory.build(service=service, starts_at=now - 30 * MINUTE, ends_at=now + HOUR)
    found = consequences(draft, now=now + MINUTE)
    assert [(one.slo, one.before.counts.total, one.after.counts.total) for one in found] == [
        (slos[0], 120, 60),
        (slos[1], 0, 0),
    ]
    assert found[0].minutes == 30
