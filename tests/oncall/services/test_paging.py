"""Only a lead that fires, is awake and not held may page."""

from datetime import datetime
from typing import Any

import pytest

from oncall.models import Alert, EscalationRun
from oncall.services import paging
from tests.factories.oncall import NOON, AlertFactory, arriving


@pytest.mark.parametrize("changes", [{"status": "acknowledged"}, {"held_by": "silenced"}, {"snoozed_until": NOON}])
def test_what_may_not_page(changes: dict[str, Any]) -> None:
    assert not paging.may_page(Alert(**({"status": "firing"} | changes)))


def test_a_member_never_pages(team: Any) -> None:
    assert not paging.may_page(AlertFactory(team=team, lead=AlertFactory(team=team)))


def test_those_who_have_all_been_asked_are_asked_once_more(team: Any, now: datetime) -> None:
    alert = arriving(team)
    EscalationRun.objects.update(status="exhausted", next_run_at=None)
    paging.page(alert, now=now)
    assert alert.runs.get().status == "exhausted"
    paging.page(alert, now=now, again=True)
    assert alert.runs.get().status == "active"


def test_firing_again_takes_back_what_made_it_quiet() -> None:
    alert = Alert(status="acknowledged", snoozed_until=NOON)
    assert (paging.fire_again(alert), paging.fire_again(alert), alert.status) == (True, False, "firing")
