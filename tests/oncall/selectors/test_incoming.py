"""What senders posted."""

from datetime import datetime
from typing import Any

from oncall.models import IncomingEvent
from oncall.selectors import incoming, panels
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
