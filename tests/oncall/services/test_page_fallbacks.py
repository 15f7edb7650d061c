"""Where a page that failed for good leads to."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import EscalationRun, Page
from oncall.services import page_fallbacks
from tests.factories.oncall import AlertFactory, PageFactory, RunFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def failed(team: Any, alice: Any, now: datetime) -> Page:
    """Alice's last way, the mail of her account, in a run whose next step waits for five minutes."""
    run = RunFactory(alert=AlertFactory(team=team), next_run_at=now + 5 * MINUTE)
    made: Page = PageFactory(run=run, user=alice, status="failed")
    return made


def hurried(page: Page, now: datetime) -> bool:
    page_fallbacks.fall_back(page.run, page, now)
    return EscalationRun.objects.get().next_run_at == now


def test_when_nobody_of_the_step_is_reached_the_next_step_is_due_now(failed: Page, now: datetime) -> None:
    assert hurried(failed, now)


def test_while_another_of_the_step_is_reached_the_next_step_waits(failed: Page, now: datetime) -> None:
    PageFactory(run=failed.run, due_at=now + MINUTE)
    assert not hurried(failed, now)


def test_a_failure_of_an_earlier_step_hurries_nobody_who_was_asked_since(failed: Page, now: datetime) -> None:
    PageFactory(run=failed.run, step=2, status="sent", created_at=now + MINUTE)
    assert not hurried(failed, now + 2 * MINUTE)


def test_what_a_person_asked_for_by_hand_stands_in_for_no_step(failed: Page, now: datetime) -> None:
    PageFactory(run=failed.run, step=30_000, status="sent")
    assert hurried(failed, now)


def test_whoever_was_deactivated_has_no_last_way(failed: Page, alice: Any, now: datetime) -> None:
    Page.objects.update(rule=0, address="elsewhere@example.com")
    alice.is_active = False
    failed.user, failed.rule, failed.address = alice, 0, "elsewhere@example.com"
    assert (hurried(failed, now), Page.objects.count()) == (True, 1)


def test_the_next_way_of_the_person_is_due_now(failed: Page, alice: Any, now: datetime) -> None:
    later = PageFactory(run=failed.run, user=alice, rule=100, due_at=now + 9 * MINUTE)
    assert not hurried(failed, now)
    later.refresh_from_db()
    assert later.due_at == now
