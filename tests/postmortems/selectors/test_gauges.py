from typing import Any

from postmortems.selectors import gauges
from tests.factories.postmortems import ActionItemFactory, postmortem


def test_open_and_overdue_items_are_counted(team: Any) -> None:
    ActionItemFactory(team=team, due_on="2020-01-01")
    ActionItemFactory(team=team, due_on=None)
    assert [number for _, number in gauges.item_samples()] == [1, 1]


def test_what_is_not_published_is_counted(team: Any) -> None:
    postmortem(team=team, is_required=True)
    assert [number for _, number in gauges.draft_samples()] == [1, 0]
