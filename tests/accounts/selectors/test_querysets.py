from collections.abc import Callable

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors import actors
from portal.catalog.models import Service
from tests.factories.accounts import TeamFactory, issue_token, member
from tests.factories.catalog import ServiceFactory


@pytest.fixture
def secret_service(db: None) -> Service:
    service: Service = ServiceFactory(team=TeamFactory(is_private=True))
    return service


def seen_by(actor: Actor) -> set[Service]:
    return set(Service.objects.visible_to(actor))


def test_everybody_signed_in_reads_what_is_not_private(
    service: Service, charlie: User, actor_of: Callable[[User], Actor]
) -> None:
    assert seen_by(actor_of(charlie)) == {service}


def test_a_private_team_is_read_by_its_members(secret_service: Service, actor_of: Callable[[User], Actor]) -> None:
    assert seen_by(actor_of(member(secret_service.team, "viewer"))) == {secret_service}


def test_a_private_team_does_not_exist_for_others(
    secret_service: Service, charlie: User, actor_of: Callable[[User], Actor]
) -> None:
    assert seen_by(actor_of(charlie)) == set()


def test_administrators_read_everything(
    service: Service, secret_service: Service, admin_user: User, actor_of: Callable[[User], Actor]
) -> None:
    assert seen_by(actor_of(admin_user)) == {service, secret_service}


def test_anonymous_visitors_read_nothing(service: Service) -> None:
    assert seen_by(Actor.anonymous()) == set()


def test_a_token_held_to_a_team_reads_nothing_outside_it(service: Service, bob: User) -> None:
    ServiceFactory()
    issue_token(user=bob, team=service.team)
    assert seen_by(actors.actor_for_token(bob.tokens.get())) == {service}


def test_a_team_is_seen_by_its_own_privacy(charlie: User, actor_of: Callable[[User], Actor]) -> None:
    TeamFactory(is_private=True)
    assert list(Team.objects.visible_to(actor_of(charlie))) == [charlie.memberships.get().team]
