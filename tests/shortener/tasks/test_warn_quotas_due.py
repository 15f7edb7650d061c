from typing import Any

import pytest

from portal.accounts.models import OutgoingMail
from shortener import tasks
from shortener.models import Quota


@pytest.mark.django_db
def test_the_tick_tells_managers_of_a_full_quota(team: Any, alice: Any) -> None:
    Quota.objects.create(team=team, links_per_month=0)
    tasks.warn_quotas_due()
    assert OutgoingMail.objects.get().to == alice.email
