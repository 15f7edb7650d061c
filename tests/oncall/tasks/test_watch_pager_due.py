"""The tick that tells the operator when pages are late."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from oncall import tasks
from oncall.models import EscalationRun
from oncall.selectors import lateness
from portal.lib import clocks


@pytest.fixture(autouse=True)
def _just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock of beat, which does not run here, is late yet."""
    monkeypatch.setattr(clocks, "STARTED_AT", clocks.STARTED_AT + timedelta(days=1))


def test_late_pages_are_told_by_mail(fired: Any, admin_user: Any) -> None:
    EscalationRun.objects.update(next_run_at=lateness.database_now() - timedelta(seconds=90))
    tasks.watch_pager_due()
    assert [sent.to for sent in mail.outbox] == [["root@example.com"]]


def test_late_is_what_the_clock_of_the_database_calls_so(fired: Any, time_machine: Any) -> None:
    present = lateness.database_now()
    EscalationRun.objects.update(next_run_at=present)
    time_machine.move_to(present + timedelta(hours=1))
    tasks.watch_pager_due()
    assert mail.outbox == []


def test_nothing_is_told_while_paging_keeps_up(db: None) -> None:
    tasks.watch_pager_due()
    assert mail.outbox == []
