"""What is due for review."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.models import Slo
from slo.selectors import reviews
from slo.services import statuses
from tests.factories.slo import SloStatusFactory, watched_slo

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")
HOUR = timedelta(hours=1)


def test_the_longest_overdue_come_first(service: Any, now: datetime) -> None:
    for name, days in (("later", 1), ("sooner", 9), ("not yet", -1)):
        due_at = now - timedelta(days=days)
        SloStatusFactory(slo__service=service, slo__name=name, slo__review_due_at=due_at)
    assert [status.slo.name for status in reviews.due(SYSTEM, now)] == ["sooner", "later"]


def test_the_time_since_the_last_review(service: Any, now: datetime) -> None:
    watched_slo(service=service, end=now, pairs=[(10, 10)] * 110 + [(0, 10)] * 10, reviewed_at=now - 2 * HOUR)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    found = reviews.review_of(Slo.objects.select_related("stream").get(), actor=SYSTEM, now=now)
    assert found.counts.bad == 100
    assert found.evidence.coverage_ratio == 1
    assert found.evidence.consumed_ratio == Fraction(100, 12)
    assert len(found.evidence.alerts) == 2
