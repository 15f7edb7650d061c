"""Mails about duty are written once and sent once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain import templates
from oncall.models import DutyNotice, Schedule, Swap
from oncall.services import duty_notices, overrides, schedules, swaps
from oncall.services.swaps import SwapFields
from portal.accounts.models import OutgoingMail
from tests.factories.oncall import schedule_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HANDOFF = datetime.fromisoformat("2026-03-09T09:00:00+00:00")


def told(now: datetime, kind: str) -> list[tuple[str, str]]:
    """Who is told what of one kind by a tick at `now`."""
    duty_notices.write_due(now=now)
    found = DutyNotice.objects.filter(key__startswith=f"{kind}:").select_related("user").order_by("user__name", "pk")
    return [(str(one.user), one.subject) for one in found]


@pytest.mark.parametrize(
    ("before", "count"), [(25 * HOUR, 0), (23 * HOUR, 2), (HOUR / 2, 2)], ids=["early", "day", "hour"]
)
def test_a_reminder_comes_before_a_shift(schedule: Schedule, before: timedelta, count: int) -> None:
    assert len(told(HANDOFF - before, "reminder")) == count


def test_a_day_and_an_hour_before_are_two_reminders_and_repeats_write_nothing(schedule: Schedule) -> None:
    for before in (23 * HOUR, 22 * HOUR, HOUR, HOUR / 2):
        duty_notices.write_due(now=HANDOFF - before)
    assert DutyNotice.objects.filter(key__startswith="reminder:").count() == 4


def test_the_handoff_brings_the_last_note_and_the_open_alerts(schedule: Schedule, alice: Any, fired: Any) -> None:
    schedule.handoff_notes.create(author=alice, text="Watch the disk.", created_at=HANDOFF - DAY)
    assert told(HANDOFF + HOUR / 12, "handoff")[1] == ("Bob", f"You are on call: {schedule}")
    body = DutyNotice.objects.filter(key__startswith="handoff:").first().body  # type: ignore[union-attr]  # written above
    assert ("Watch the disk." in body, "Restart the checkout" in body) == (True, True)


def test_an_edit_tells_whoever_it_moves_but_its_author(
    schedule: Schedule, alice: Any, bob: Any, actor_of: Any, now: datetime
) -> None:
    monday = datetime.fromisoformat("2026-03-02T09:00")
    other = templates.weekly("UTC", monday, [str(bob.pk), str(alice.pk)])
    schedules.change(actor=actor_of(alice), schedule=schedule, definition=other, now=now)
    assert told(now, "moved") == [("Bob", f"Your shifts moved: {schedule}")]


def test_an_override_tells_both_but_its_author(
    schedule: Schedule, alice: Any, bob: Any, actor_of: Any, now: datetime, time_machine: Any
) -> None:
    time_machine.move_to(now, tick=False)
    span: dict[str, Any] = {"starts_at": now, "ends_at": now + 4 * HOUR}
    overrides.create_override(actor=actor_of(bob), schedule=schedule, role="primary", user_id=bob.pk, now=now, **span)
    assert told(now, "override") == [("Alice", f"You are relieved: {schedule}")]


def test_an_offer_goes_to_the_team_and_its_taking_to_the_person(
    schedule: Schedule, alice: Any, bob: Any, vera: Any, actor_of: Any, now: datetime
) -> None:
    fields = SwapFields(alice.pk, now + HOUR, now + 2 * HOUR, role="primary")
    swap = swaps.offer(actor=actor_of(alice), schedule=schedule, fields=fields, now=now)
    assert told(now, "swap-offered") == [("Bob", f"Can you take a shift? {schedule}")]
    Swap.objects.filter(pk=swap.pk).update(status="taken", taker=bob, settled_at=now)
    assert told(now, "swap-taken") == [("Alice", f"Bob takes your shift: {schedule}")]


def test_managers_hear_of_gaps_once_a_week_and_of_too_few_people_once(team: Any, alice: Any, now: datetime) -> None:
    schedule_of(team=team)
    for later in (0 * DAY, DAY, 7 * DAY):
        duty_notices.write_due(now=now + later)
    counts = [DutyNotice.objects.filter(user=alice, key__startswith=kind).count() for kind in ("gaps:", "few:")]
    assert counts == [2, 1]


def notice(user: Any, now: datetime, **changes: Any) -> DutyNotice:
    told = {"key": "k", "subject": "Hello", "body": "Text", "due_at": now, "created_at": now}
    return DutyNotice.objects.create(user=user, **(told | changes))


def test_what_is_due_goes_to_the_mails_once(bob: Any, now: datetime) -> None:
    notice(bob, now)
    notice(bob, now, key="later", due_at=now + HOUR)
    assert [duty_notices.send_due(now=now), duty_notices.send_due(now=now)] == [1, 0]
    assert [(mail.to, mail.subject) for mail in OutgoingMail.objects.all()] == [("bob@example.com", "Hello")]


def test_whoever_was_deactivated_hears_nothing(bob: Any, now: datetime) -> None:
    type(bob).objects.update(is_active=False)
    row = notice(bob, now)
    assert duty_notices.send_due(now=now) == 0
    row.refresh_from_db()
    assert row.given_up_at == now


def test_what_ended_long_ago_is_forgotten(bob: Any, now: datetime) -> None:
    notice(bob, now, sent_at=now)
    notice(bob, now, key="waits")
    assert duty_notices.forget_due(now=now + 121 * DAY) == 1
