from datetime import datetime, timedelta

import pytest
import time_machine

from portal.lib.models import IdempotencyRecord
from portal.lib.tasks import forget_answers_due


@pytest.mark.django_db
def test_old_answers_go_and_fresh_ones_stay(now: datetime) -> None:
    for key, hours in {"old": 25, "fresh": 1}.items():
        kept = {"caller": "c", "request_hash": "d", "status": 201}
        IdempotencyRecord.objects.create(key=key, created_at=now - timedelta(hours=hours), **kept)
    with time_machine.travel(now):
        assert forget_answers_due() == 1
    assert list(IdempotencyRecord.objects.values_list("key", flat=True)) == ["fresh"]
