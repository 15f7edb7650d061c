from typing import Any

import pytest
from django.utils import timezone

from shortener import tasks
from shortener.models import OwnerMonth
from tests.factories.shortener import LinkFactory


@pytest.mark.django_db
def test_the_tick_counts_the_running_month(team: Any) -> None:
    LinkFactory(team=team, created_at=timezone.now())
    tasks.count_usage_due()
    assert OwnerMonth.objects.get(month=timezone.now().date().replace(day=1)).links == 1
