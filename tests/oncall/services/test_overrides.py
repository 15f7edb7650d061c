"""Overrides touch only what lies ahead."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.exceptions import OverrideIsPast, OverrideOverlaps
from oncall.models import Override, Schedule
from oncall.services import overrides
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid

ACTOR = Actor.system("test")
HOUR = timedelta(hours=1)


def make(
    schedule: Schedule, user: Any, start: datetime, end: datetime, now: datetime, role: str = "primary"
) -> Override:
    span: dict[str, Any] = {"starts_at": start, "ends_at": end, "now": now}
    return overrides.create_override(actor=ACTOR, schedule=schedule, role=role, user_id=user.pk, **span)


def test_a_start_a_moment_ago_means_now(schedule: Schedule, bob: Any, now: datetime) -> None:
    assert make(schedule, bob, now - timedelta(minutes=5), now + HOUR, now).starts_at == now


def test_neighbours_may_touch_and_not_overlap(schedule: Schedule, bob: Any, now: datetime) -> None:
    make(schedule, bob, now, now + HOUR, now)
    make(schedule, bob, now + HOUR, now + 2 * HOUR, now)
    with pytest.raises(OverrideOverlaps):
        make(schedule, bob, now + HOUR / 2, now + HOUR, now)


def test_the_other_role_has_overrides_of_its_own(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    make(schedule, bob, now, now + HOUR, now)
    assert make(schedule, alice, now, now + HOUR, now, role="secondary").role == "secondary"


def test_what_cannot_be_is_named(schedule: Schedule, charlie: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        make(schedule, charlie, now - HOUR, now - HOUR, now)
    assert sorted(refused.value.fields) == ["ends_at", "starts_at", "user"]


def test_one_person_of_a_crew_is_replaced_and_not_by_themselves(
    schedule: Schedule, alice: Any, bob: Any, now: datetime
) -> None:
    told = {"role": "primary", "starts_at": now, "ends_at": now + HOUR, "replaces_id": alice.pk, "now": now}
    made = overrides.create_override(actor=ACTOR, schedule=schedule, user_id=bob.pk, **told)
    assert made.replaces == alice
    with pytest.raises(Invalid) as refused:
        overrides.create_override(actor=ACTOR, schedule=schedule, user_id=alice.pk, **told)
    assert list(refused.value.fields) == ["replaces"]


def test_one_that_runs_ends_now(schedule: Schedule, bob: Any, now: datetime) -> None:
    override = make(schedule, bob, now, now + 2 * HOUR, now)
    overrides.delete_override(actor=ACTOR, override=override, now=now + HOUR)
    assert Override.objects.get().ends_at == now + HOUR


def test_one_to_come_goes_away(schedule: Schedule, bob: Any, now: datetime) -> None:
    override = make(schedule, bob, now + HOUR, now + 2 * HOUR, now)
    overrides.delete_override(actor=ACTOR, override=override, now=now)
    assert not Override.objects.exists()


def test_one_that_is_over_stays(schedule: Schedule, bob: Any, now: datetime) -> None:
    override = make(schedule, bob, now, now + HOUR, now)
    with pytest.raises(OverrideIsPast):
        overrides.delete_override(actor=ACTOR, override=override, now=now + HOUR)


def test_both_steps_are_audited(schedule: Schedule, bob: Any, now: datetime) -> None:
    overrides.delete_override(actor=ACTOR, override=make(schedule, bob, now, now + HOUR, now), now=now)
    entries = AuditEntry.objects.order_by("pk").values_list("action", "team_id")
    assert list(entries) == [(f"override.{verb}", schedule.team_id) for verb in ("created", "deleted")]
