"""The double of the pager's tick: what is due is done also while no pager runs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from oncall.models import Alert
from oncall.tasks import settle_alerts_due
from tests.factories.oncall import AlertFactory


def test_a_snooze_that_is_over_is_found(team: Any) -> None:
    AlertFactory(team=team, snoozed_until=timezone.now() - timedelta(hours=1))
    settle_alerts_due()
    assert Alert.objects.get().snoozed_until is None
