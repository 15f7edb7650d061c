from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from portal.accounts.domain.actors import Actor
from portal.lib.errors import PermissionDenied
from shortener.api import writes
from shortener.exceptions import LinkDeleted, NoSuchLink
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Actor]


def test_a_role_is_asked_for_before_a_body_is_read(vera: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    link = LinkFactory(team=team)
    with pytest.raises(PermissionDenied):
        writes.create(actor=actor_of(vera), data={"colour": "red"}, now=now)
    with pytest.raises(PermissionDenied):
        writes.update(actor=actor_of(vera), id=link.public_id, data={"colour": "red"}, version=None, now=now)


def test_whoever_has_the_role_is_told_of_the_body(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        writes.create(actor=actor_of(bob), data={"colour": "red"}, now=now)
    assert set(refused.value.detail) == {"colour", "target"}


def test_a_team_of_the_body_decides_the_role(bob: Any, other_team: Any, actor_of: ActorOf, now: datetime) -> None:
    for reference in (other_team.slug, other_team.public_id):
        with pytest.raises(PermissionDenied):
            writes.create(actor=actor_of(bob), data={"team": reference}, now=now)


@pytest.mark.parametrize("name", [5, None, ["payments"], "nobody", "\0"])
def test_a_team_that_cannot_be_is_left_to_the_body(name: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(ValidationError):
        writes.create(actor=actor_of(bob), data={"team": name}, now=now)


def test_links_that_are_not_there_come_first(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    gone = LinkFactory(team=team, state="deleted", deleted_at=now)
    with pytest.raises(NoSuchLink):
        writes.delete(actor=actor_of(bob), id="lnk_nothing", version=None, now=now)
    with pytest.raises(LinkDeleted):
        writes.update(actor=actor_of(bob), id=gone.public_id, data=5, version=None, now=now)
