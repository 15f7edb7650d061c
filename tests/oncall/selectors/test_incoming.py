"""What senders posted."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import IncomingEvent
from oncall.selectors import incoming, panels
from oncall.selectors.incoming import HOUR
from tests.factories.oncall import IntegrationFactory


def test_posts_are_counted_and_the_newest_come_first(team: Any, now: datetime) -> None:
    door = IntegrationFactory(team=team)
    for status, sample in [("pending", "a"), ("failed", "b"), ("failed", "c")]:
        told = {"received_at": now, "next_try_at": now, "signals": [], "sample": sample, "status": status}
        IncomingEvent.objects.create(integration=door, **told)
    assert [post.sample for post in incoming.latest(door, 2)] == ["c", "b"]
    assert (incoming.waiting_count(door), incoming.failed_counts([door]), incoming.last_sample(door)) == (
        1,
        {door.pk: 2},
        "c",
    )
    assert list(panels.waiting_post_samples()) == [({}, 1.0)]


def test_an_hour_is_summed_up(team: Any, now: datetime) -> None:
    door = IntegrationFactory(team=team)
    second = timedelta(seconds=1)
    rows = [("done", now, 2), ("done", now, 5), ("failed", now, 9), ("pending", now, 0), ("done", now - HOUR, 60)]
    for status, at, taken in rows:
        told = {"received_at": at, "done_at": at + taken * second, "next_try_at": at, "status": status}
        IncomingEvent.objects.create(integration=door, signals=[], **told)
    assert incoming.pace(door, now) == incoming.Pace(count=4, failed=1, slowest=5 * second, waiting_since=now)
