"""Who was paged, with every attempt."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import Alert, DeliveryReport, Page
from oncall.selectors import paging_log
from oncall.services import escalations, pages, responders
from portal.accounts.domain.actors import Actor


def test_every_page_stands_there_with_its_attempts_and_reports(
    fired: Alert, schedule: Any, bob: Any, now: datetime
) -> None:
    escalations.tick(now=now)
    responders.page_person(actor=Actor.system("x"), alert=fired, user=bob, now=now)
    pages.send_due(now=now)
    page = Page.objects.order_by("pk")[0]
    DeliveryReport.objects.create(page=page, at=now, word="delivered")
    Page.objects.update(answered_at=now + timedelta(hours=1))
    first, second = paging_log.entries(fired)
    assert (first.to, first.why, [one.outcome for one in first.attempts]) == (
        "Alice",
        "Default escalation, step 1",
        ["sent"],
    )
    assert ([one.word for one in first.reports], second.to, second.why) == (["delivered"], "Bob", "asked by hand")
    assert (first.took is not None, first.answered_after is not None) == (True, True)
