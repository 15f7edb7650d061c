from datetime import datetime
from typing import Any

import time_machine

from postmortems import tasks
from postmortems.models import ActionItemReminder
from tests.factories.postmortems import ActionItemFactory


def test_the_tick_reminds(bob: Any, team: Any, now: datetime) -> None:
    ActionItemFactory(team=team, owner=bob, due_on=now.date())
    with time_machine.travel(now, tick=False):
        tasks.remind_items_due()
    assert ActionItemReminder.objects.get().kind == "on"
