from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib.errors import NotFound
from postmortems import selectors
from postmortems.selectors.action_items import search
from tests.factories.postmortems import ActionItemFactory, postmortem

ActorOf = Callable[[Any], Any]


def test_overdue_items_come_longest_first(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    today = now.date()
    second = ActionItemFactory(team=team, due_on=today - timedelta(days=1))
    first = ActionItemFactory(team=team, due_on=today - timedelta(days=9))
    ActionItemFactory(team=team, due_on=today)
    assert list(selectors.overdue_action_items(actor_of(vera), now)) == [first, second]


def test_finished_items_are_not_open(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    ActionItemFactory(team=team, state="done", finished_at=now)
    assert not selectors.open_action_items(actor_of(vera)).exists()


def test_an_item_of_a_private_postmortem_is_not_found(vera: Any, team: Any, actor_of: ActorOf) -> None:
    item = ActionItemFactory(team=team, postmortem=postmortem(team=team, is_private=True))
    with pytest.raises(NotFound):
        selectors.get_action_item(actor_of(vera), item.public_id)


def test_a_search_narrows(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    item = ActionItemFactory(team=team, owner=bob, title="Refuse")
    ActionItemFactory(team=team, title="Alert")
    found = selectors.action_items(actor_of(bob))
    assert list(search(found, now=now, text="refuse", show="mine", owner_id=bob.pk, team="payments")) == [item]
