"""Which pages may leave, and whose turn it is."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert, Page
from oncall.models.pages import BY_HAND
from oncall.selectors import page_queue
from tests.factories.accounts import UserFactory
from tests.factories.oncall import PageFactory, RunFactory


@pytest.mark.parametrize(
    ("facts", "leaves", "leaves_by_hand"),
    [
        ({}, True, True),
        ({"held_by": "silenced"}, False, True),
        ({"snoozed_until": "2026-03-04T13:00Z"}, False, True),
        ({"snoozed_until": "2026-03-04T12:00Z"}, True, True),
        ({"status": "acknowledged"}, False, True),
        ({"status": "resolved", "resolved_at": "2026-03-04T12:00Z"}, False, False),
    ],
    ids=["firing", "held", "snoozed", "woken", "acknowledged", "resolved"],
)
def test_what_an_alert_lets_leave(
    db: None, now: datetime, facts: dict[str, Any], leaves: bool, leaves_by_hand: bool
) -> None:
    page, by_hand = PageFactory(), PageFactory(step=BY_HAND)
    Alert.objects.update(**facts)
    left = set(page_queue.due(now).values_list("pk", flat=True))
    assert (page.pk in left, by_hand.pk in left) == (leaves, leaves_by_hand)


def test_a_slow_address_and_a_slow_channel_keep_no_more_than_their_share(db: None, now: datetime) -> None:
    run = RunFactory()
    slow = [PageFactory(run=run, channel="webhook", address="https://a.test/") for _ in range(9)]
    last = PageFactory(run=run, due_at=now - timedelta(seconds=0))
    chosen = page_queue.fair_choice(now, limit=20, busy={("webhook", "https://a.test/"): 1})
    assert chosen == [*[page.pk for page in slow[:3]], last.pk]
    stalled = {("webhook", f"https://{n}.test/"): 1 for n in range(page_queue.PER_CHANNEL)}
    assert page_queue.fair_choice(now, limit=20, busy=stalled) == [last.pk]


def test_the_longest_waiting_come_first(db: None, now: datetime) -> None:
    late, early = PageFactory(), PageFactory(due_at=now - timedelta(minutes=1))
    assert page_queue.fair_choice(now, limit=1, busy={}) == [early.pk]
    assert page_queue.fair_choice(now, limit=2, busy={}) == [early.pk, late.pk]


def test_however_much_waits_for_a_stalled_address_others_have_their_turn(db: None, now: datetime) -> None:
    run = RunFactory()
    page = {"channel": "webhook", "address": "https://a.test/", "step": 1, "rule": 0, "created_at": now, "due_at": now}
    whose = {"run": run, "user": UserFactory()}
    Page.objects.bulk_create(Page(**whose, **page, loop=loop) for loop in range(page_queue.WINDOW + 1))
    last = PageFactory(run=run, due_at=now)
    busy = {("webhook", "https://a.test/"): page_queue.PER_ADDRESS}
    assert page_queue.fair_choice(now, limit=20, busy=busy) == [last.pk]


def test_a_storm_of_pages_for_one_address_hides_nobody_else(db: None, now: datetime) -> None:
    run, rest = RunFactory(), {"step": 1, "rule": 0, "created_at": now, "due_at": now - timedelta(minutes=5)}
    whose = {"run": run, "user": UserFactory(), "channel": "webhook", "address": "https://a.test/"}
    Page.objects.bulk_create(Page(**whose, **rest, loop=loop) for loop in range(page_queue.WINDOW + 1))
    last = PageFactory(run=run, due_at=now)
    chosen = page_queue.fair_choice(now, limit=20, busy={})
    assert (len(chosen), chosen[-1]) == (page_queue.PER_ADDRESS + 1, last.pk)
