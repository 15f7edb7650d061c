from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from shortener.selectors import owners

pytestmark = pytest.mark.django_db


def test_a_team_is_named_by_slug_or_id(bob: Any, team: Any, actor_of: Callable[..., Actor]) -> None:
    actor = actor_of(bob)
    assert owners.team_id_for(actor, "payments") == owners.team_id_for(actor, team.public_id) == team.pk


def test_without_a_name_it_is_the_first_team_with_the_role(
    bob: Any, team: Any, other_team: Any, actor_of: Callable[..., Actor]
) -> None:
    assert owners.team_id_for(actor_of(bob)) == team.pk


def test_a_viewer_has_none(vera: Any, actor_of: Callable[..., Actor]) -> None:
    with pytest.raises(Invalid) as refused:
        owners.team_id_for(actor_of(vera))
    assert set(refused.value.fields) == {"team"}
