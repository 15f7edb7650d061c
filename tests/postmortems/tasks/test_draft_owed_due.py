from datetime import datetime
from typing import Any

import time_machine

from postmortems import tasks
from postmortems.models import Postmortem
from tests.factories.slo import ReleaseFactory


def test_the_tick_drafts_what_is_owed(db: None, now: datetime) -> None:
    release: Any = ReleaseFactory(created_at=now, owes_postmortem=True)
    with time_machine.travel(now, tick=False):
        assert tasks.draft_owed_due() == 1
    assert Postmortem.objects.get().origin == f"release {release.public_id}"
