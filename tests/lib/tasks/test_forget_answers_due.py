from datetime import datetime, timedelta

import pytest
import time_machine

from portal.lib.api import idempotency
from portal.lib.models import IdempotencyRecord
from portal.lib.tasks import forget_answers_due


@pytest.mark.django_db
def test_old_answers_go_and_fresh_ones_stay(now: datetime) -> None:
    idempotency.begin(caller="c", key="old", digest="d", now=now - timedelta(hours=25))
    idempotency.begin(caller="c", key="fresh", digest="d", now=now - timedelta(hours=1))
    with time_machine.travel(now):
        assert forget_answers_due() == 1
    assert list(IdempotencyRecord.objects.values_list("key", flat=True)) == ["fresh"]
