from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.models import SavedFilter
from shortener.selectors import saved_filters

pytestmark = pytest.mark.django_db


def kept(user: Any, name: str, now: datetime, team: Any = None) -> SavedFilter:
    return SavedFilter.objects.create(user=user, team=team, name=name, query={"q": name}, created_at=now)


def test_filters_come_by_name_and_those_of_others_are_not_found(
    bob: Any, alice: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    for name in ("Zeta", "Alpha"):
        kept(bob, name, now)
    theirs = kept(alice, "Hers", now)
    assert [saved.name for saved in saved_filters.saved_filters(actor_of(bob))] == ["Alpha", "Zeta"]
    with pytest.raises(NotFound):
        saved_filters.get_saved_filter(actor_of(bob), theirs.public_id)


def test_a_token_of_one_team_sees_that_teams_and_the_persons_own(
    bob: Any, team: Any, other_team: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    kept(bob, "Ours", now, team)
    kept(bob, "Elsewhere", now, other_team)
    kept(bob, "Mine", now)
    narrow = replace(actor_of(bob), only_team_id=team.pk)
    assert [saved.name for saved in saved_filters.saved_filters(narrow)] == ["Mine", "Ours"]
