"""The tick that tells the operator when pages are late."""

from datetime import datetime, timedelta
from typing import Any

from django.core import mail

from oncall import tasks
from oncall.models import EscalationRun


def test_late_pages_are_told_by_mail(fired: Any, admin_user: Any, stopped: datetime) -> None:
    EscalationRun.objects.update(next_run_at=stopped - timedelta(seconds=90))
    tasks.watch_pager_due()
    assert [sent.to for sent in mail.outbox] == [["root@example.com"]]


def test_nothing_is_told_while_paging_keeps_up(db: None) -> None:
    tasks.watch_pager_due()
    assert mail.outbox == []
