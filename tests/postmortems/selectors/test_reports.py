from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from postmortems.selectors import reports
from tests.factories.postmortems import ActionItemFactory, postmortem

ActorOf = Callable[[Any], Any]
DAY = timedelta(days=1)


def test_items_are_counted_by_how_they_ended(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    due = now.date() - DAY
    ActionItemFactory(team=team, due_on=due, state="done", finished_at=now - 2 * DAY)
    ActionItemFactory(team=team, due_on=due, state="done", finished_at=now)
    ActionItemFactory(team=team, due_on=due, state="not_doing", reason="x", finished_at=now)
    ActionItemFactory(team=team, due_on=due, created_at=now - 3 * DAY)
    found = reports.item_report(actor_of(vera), start=now - 30 * DAY, end=now, now=now)
    assert (found.due, found.done_in_time, found.done_late, found.not_doing) == (3, 1, 1, 1)
    assert (found.open, found.overdue, found.median_open_age) == (1, 1, 3 * DAY)


def test_required_postmortems_are_on_time_late_or_missing(
    vera: Any, team: Any, actor_of: ActorOf, now: datetime
) -> None:
    usual = {"team": team, "is_required": True, "due_on": now.date() - DAY}
    postmortem(**usual, published_at=now - 2 * DAY)
    postmortem(**usual, published_at=now)
    postmortem(**usual)
    found = reports.document_report(actor_of(vera), start=now - 30 * DAY, end=now, now=now, team="payments")
    assert (found.required, found.on_time, found.late, found.missing) == (3, 1, 1, 1)
