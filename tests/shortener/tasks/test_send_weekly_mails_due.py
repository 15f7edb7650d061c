from typing import Any

import pytest

from portal.accounts.models import OutgoingMail
from shortener import tasks
from shortener.models import WeeklyMail


@pytest.mark.django_db
def test_the_tick_sends_what_was_never_sent(team: Any, bob: Any) -> None:
    WeeklyMail.objects.create(user=bob, team=team)
    tasks.send_weekly_mails_due()
    assert OutgoingMail.objects.get().to == bob.email
