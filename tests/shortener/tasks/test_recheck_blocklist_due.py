from datetime import timedelta

import pytest
from django.utils import timezone

from shortener import tasks
from shortener.models import AbuseReport, BlockRule, SweepCursor
from tests.factories.shortener import NOON, LinkFactory


@pytest.mark.django_db
def test_the_tick_goes_on_with_a_round_that_is_running() -> None:
    seen, waiting = LinkFactory.create_batch(2, target="https://evil.org/")
    BlockRule.objects.create(kind="host", value="evil.org", created_at=NOON)
    SweepCursor.objects.create(name="blocklist", at=timezone.now() - timedelta(hours=1), position=seen.pk)
    tasks.recheck_blocklist_due()
    tasks.recheck_blocklist_due()
    assert AbuseReport.objects.get().link == waiting
