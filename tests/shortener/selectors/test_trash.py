from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.selectors import trash
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Actor]


def test_the_last_deleted_comes_first(team: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    for slug, minutes in {"old": 1, "new": 2}.items():
        LinkFactory(team=team, slug=slug, state="deleted", deleted_at=now + timedelta(minutes=minutes))
    assert [link.slug for link in trash.trashed(actor_of(bob))] == ["new", "old"]


def test_living_links_and_emptied_tombstones_are_no_trash(
    team: Any, bob: Any, actor_of: ActorOf, now: datetime
) -> None:
    LinkFactory(team=team)
    LinkFactory(team=team, state="deleted", deleted_at=now, target="")
    assert not trash.trashed(actor_of(bob)).exists()


def test_the_trash_of_other_teams_is_theirs(
    team: Any, charlie: Any, admin_user: Any, actor_of: ActorOf, now: datetime
) -> None:
    LinkFactory(team=team, state="deleted", deleted_at=now)
    assert not trash.trashed(actor_of(charlie)).exists()
    assert trash.trashed(actor_of(admin_user)).count() == 1
