from datetime import datetime
from typing import Any

import time_machine

from incidents import tasks
from incidents.models import UpdateReminder
from tests.factories.incidents import IncidentFactory


def test_the_tick_reminds(bob: Any, team: Any, now: datetime) -> None:
    IncidentFactory(team=team, next_update_due_at=now)
    with time_machine.travel(now, tick=False):
        tasks.remind_updates_due()
    assert UpdateReminder.objects.get().reminded_at == now
