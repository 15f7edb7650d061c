from datetime import datetime
from typing import Any

import time_machine

from incidents import tasks
from tests.factories.incidents import affected


def test_the_tick_sweeps(service: Any, now: datetime) -> None:
    incident = affected(service, declared_at=now)
    with time_machine.travel(now, tick=False):
        tasks.collect_timelines_due()
    incident.refresh_from_db()
    assert incident.timeline_swept_at == now
