from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PermissionDenied, PreconditionFailed
from postmortems.services import action_items
from tests.factories.postmortems import ActionItemFactory, postmortem

ActorOf = Callable[[Any], Any]


def test_an_item_belongs_to_its_postmortem(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team)
    item = action_items.add_item(actor=actor_of(bob), postmortem=made, title="Refuse", type="prevent", now=now)
    assert (item.postmortem, item.team, item.state) == (made, team, "proposed")


def test_a_viewer_adds_nothing(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        action_items.add_item(
            actor=actor_of(vera), postmortem=postmortem(team=team), title="Refuse", type="prevent", now=now
        )


def test_done_has_its_time(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    item = ActionItemFactory(team=team)
    done = action_items.change_state(actor=actor_of(bob), item=item, state="done", now=now)
    assert done.finished_at == now
    assert AuditEntry.objects.get().changes == {"state": ["proposed", "done"]}


def test_opening_again_forgets_the_time(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    item = ActionItemFactory(team=team, state="done", finished_at=now, owner=bob)
    changed = action_items.change_state(actor=actor_of(bob), item=item, state="in_progress", now=now)
    assert changed.finished_at is None


def test_not_doing_needs_a_reason(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        action_items.change_state(actor=actor_of(bob), item=ActionItemFactory(team=team), state="not_doing", now=now)
    assert list(caught.value.fields) == ["reason"]


def test_a_promise_needs_an_owner(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        action_items.change_state(actor=actor_of(bob), item=ActionItemFactory(team=team), state="committed", now=now)
    assert list(caught.value.fields) == ["owner"]


def test_an_old_version_is_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    item = ActionItemFactory(team=team, version=2)
    with pytest.raises(PreconditionFailed):
        action_items.edit_item(actor=actor_of(bob), item=item, changes={"title": "x"}, version=1, now=now)


def test_nothing_changed_is_no_version(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    item = ActionItemFactory(team=team, title="Same")
    assert action_items.edit_item(actor=actor_of(bob), item=item, changes={"title": "Same"}, now=now).version == 1
