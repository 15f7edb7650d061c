from datetime import datetime
from typing import Any

import time_machine

from postmortems import tasks
from postmortems.models import Postmortem
from tests.factories.incidents import resolved_incident


def test_the_tick_drafts(team: Any, now: datetime) -> None:
    incident = resolved_incident(team=team)
    with time_machine.travel(now, tick=False):
        tasks.draft_required_due()
    assert Postmortem.objects.get().incidents.get() == incident
