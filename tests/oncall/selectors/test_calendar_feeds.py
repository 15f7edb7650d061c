"""What a feed holds, and when that changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import CalendarFeed, Schedule
from oncall.selectors import calendar_feeds as found_feeds
from oncall.selectors import schedules
from oncall.services import calendar_feeds, overrides
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound

HOUR = timedelta(hours=1)


def feed_of(owner: Any, now: datetime, **what: Any) -> CalendarFeed:
    return calendar_feeds.create_feed(actor=Actor.system("test"), owner_id=owner.pk, now=now, **what)[0]


def test_a_schedule_feed_is_what_the_resolver_says(schedule: Schedule, alice: Any, now: datetime) -> None:
    duties = found_feeds.duties(feed_of(alice, now, schedule=schedule), now)
    shifts = schedules.shifts(schedule, min(one.start for one in duties), max(one.end for one in duties))
    told = {(one.role, str(user), one.start) for one in shifts for user in one.users}
    assert {(one.role, one.person, one.start) for one in duties} == told


def test_a_personal_feed_has_own_shifts_alone(schedule: Schedule, alice: Any, now: datetime) -> None:
    assert {one.person for one in found_feeds.duties(feed_of(alice, now), now)} == {"Alice"}


def test_a_team_feed_has_all_of_its_schedules(schedule: Schedule, alice: Any, team: Any, now: datetime) -> None:
    assert {one.person for one in found_feeds.duties(feed_of(alice, now, team=team), now)} == {"Alice", "Bob"}


def test_whoever_may_not_see_the_schedule_any_more_gets_nothing(
    schedule: Schedule, charlie: Any, team: Any, now: datetime
) -> None:
    feed = feed_of(charlie, now, schedule=schedule)
    team.is_private = True
    team.save()
    assert found_feeds.duties(feed, now) == []


def test_a_change_moves_the_time_of_the_feed_and_taking_it_back_too(
    schedule: Schedule, alice: Any, now: datetime
) -> None:
    feed, actor = feed_of(alice, now, schedule=schedule), Actor.system("test")
    span: dict[str, Any] = {"starts_at": now + 9 * HOUR, "ends_at": now + 10 * HOUR}
    later = now + HOUR
    made = overrides.create_override(
        actor=actor, schedule=schedule, role="primary", user_id=alice.pk, now=later, **span
    )
    assert found_feeds.changed_at(feed) == later
    overrides.delete_override(actor=actor, override=made, now=later + HOUR)
    assert found_feeds.changed_at(feed) == later + HOUR


def test_another_persons_feed_is_not_found(alice: Any, bob: Any, now: datetime) -> None:
    with pytest.raises(NotFound):
        found_feeds.get_feed(bob.pk, feed_of(alice, now).public_id)
