"""What the stories of the on-call app begin with: a rotation, an alert, a clock that stands still."""

from datetime import datetime
from typing import Any

import pytest

from oncall.models import Alert, Schedule
from oncall.selectors import keys
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import schedule_of


@pytest.fixture(autouse=True)
def _fresh_keys() -> None:
    """No test is answered by what the one before it asked of a key."""
    keys._kept.clear()


@pytest.fixture
def stopped(time_machine: Any, now: datetime) -> datetime:
    """The clock stands at `now`."""
    time_machine.move_to(now, tick=False)
    return now


@pytest.fixture
def schedule(team: Any, alice: Any, bob: Any) -> Schedule:
    """Alice is primary and Bob secondary in the week of `now`; handoff is on Mondays at 09:00 UTC."""
    return schedule_of(alice, bob, team=team)


@pytest.fixture
def fired(team: Any, now: datetime) -> Alert:
    """A critical alert of the team that fired at `now` and has a run that is due."""
    return alerts.open_alert(
        actor=Actor.system("probe"),
        team_id=team.pk,
        service_id=None,
        source="probe",
        dedup_key="checkout",
        title="Restart the checkout",
        severity="critical",
        detail="It is down.",
        now=now,
    )
