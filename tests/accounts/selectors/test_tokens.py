from collections.abc import Callable

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import ApiToken, Team, User
from portal.accounts.selectors import actors, tokens
from portal.lib.errors import NotFound
from tests.factories.accounts import ServiceAccountFactory, issue_token


def stored(**fields: object) -> ApiToken:
    return ApiToken.objects.get(prefix=issue_token(**fields).split("_")[1])


def test_people_see_their_own_tokens(alice: User, bob: User, actor_of: Callable[[User], Actor]) -> None:
    own, _ = stored(user=bob), stored(user=alice)
    assert list(tokens.tokens(actor_of(bob))) == [own]


def test_managers_see_the_tokens_of_their_programs(team: Team, alice: User, actor_of: Callable[[User], Actor]) -> None:
    robot = stored(service_account=ServiceAccountFactory(team=team))
    assert list(tokens.tokens(actor_of(alice))) == [robot]
    assert list(tokens.own_tokens(actor_of(alice))) == []


def test_a_token_held_to_a_team_sees_only_such_tokens(team: Team, alice: User) -> None:
    held, _ = stored(user=alice, team=team), stored(user=alice)
    assert list(tokens.tokens(actors.actor_for_token(held))) == [held]


def test_somebody_elses_token_is_not_found(bob: User, charlie: User, actor_of: Callable[[User], Actor]) -> None:
    with pytest.raises(NotFound):
        tokens.get_token(actor_of(charlie), stored(user=bob).public_id)


def test_live_tokens_are_counted(team: Team, vera: User, actor_of: Callable[[User], Actor]) -> None:
    account = ServiceAccountFactory(team=team)
    issue_token(service_account=account)
    assert tokens.get_service_account(actor_of(vera), account.public_id).token_count == 1


def test_an_unknown_service_account_is_not_found(vera: User, actor_of: Callable[[User], Actor]) -> None:
    with pytest.raises(NotFound):
        tokens.get_service_account(actor_of(vera), "svc_none")
