"""Pages come to be."""

from datetime import datetime
from typing import Any

from oncall.models import ContactPoint, Page, QuietHours
from oncall.models.pages import ACCOUNT_RULE, COPY
from oncall.selectors.targets import Asked
from oncall.services import page_rows
from tests.factories.oncall import RunFactory


def rows(run: Any, asked: Asked, now: datetime, severity: str = "critical") -> list[Page]:
    for _ in range(2):
        page_rows.insert(run=run, loop=0, step=0, asked=asked, severity=severity, now=now)
    return list(Page.objects.order_by("pk"))


def test_people_shadows_and_points_have_one_page_each(team: Any, alice: Any, bob: Any, now: datetime) -> None:
    point = ContactPoint.objects.create(team=team, name="Room", kind="webhook", address="https://a.test/")
    found = rows(RunFactory(), Asked((alice,), (bob,), (point,)), now)
    facts = [(page.user, page.contact_point, page.rule, page.is_copy) for page in found]
    assert facts[0] == (alice, None, ACCOUNT_RULE, False)
    assert facts[1:] == [(bob, None, ACCOUNT_RULE + COPY, True), (None, point, 0, False)]


def test_quiet_hours_move_what_is_not_critical(alice: Any, now: datetime) -> None:
    QuietHours.objects.create(user=alice, zone="UTC", starts="11:00", ends="14:00")
    [page] = rows(RunFactory(), Asked((alice,)), now, severity="warning")
    assert page.due_at.isoformat() == "2026-03-04T14:00:00+00:00"
