from portal.accounts.domain.roles import Role
from portal.accounts.models import ApiToken, Team, User
from portal.accounts.selectors import actors
from tests.factories.accounts import MembershipFactory, ServiceAccountFactory, issue_token


def token_of(**fields: object) -> ApiToken:
    prefix = issue_token(**fields).split("_")[1]
    return ApiToken.objects.get(prefix=prefix)


def test_a_person_has_the_roles_of_their_teams(bob: User, team: Team, other_team: Team) -> None:
    MembershipFactory(user=bob, team=other_team, role="manager")
    actor = actors.actor_for_user(bob)
    assert actor.roles == {team.pk: Role.RESPONDER, other_team.pk: Role.MANAGER}
    assert actor.scopes is None


def test_a_token_has_its_owners_roles_and_its_own_scopes(bob: User, team: Team) -> None:
    actor = actors.actor_for_token(token_of(user=bob, scopes=["links:read"]))
    assert actor.may(Role.RESPONDER, team.pk)
    assert not actor.may(Role.MANAGER, team.pk)
    assert actor.scopes == frozenset({"links:read"})


def test_a_token_loses_what_its_owner_loses(bob: User, team: Team) -> None:
    token = token_of(user=bob)
    bob.memberships.all().delete()
    assert not actors.actor_for_token(token).may(Role.VIEWER, team.pk)


def test_a_token_held_to_a_team_has_no_role_elsewhere(bob: User, team: Team, other_team: Team) -> None:
    MembershipFactory(user=bob, team=other_team, role="manager")
    actor = actors.actor_for_token(token_of(user=bob, team=team))
    assert actor.team_ids == {team.pk}


def test_an_administrators_token_held_to_a_team_is_a_manager_there_alone(
    admin_user: User, team: Team, other_team: Team
) -> None:
    actor = actors.actor_for_token(token_of(user=admin_user, team=team))
    assert actor.may(Role.MANAGER, team.pk)
    assert not actor.may(Role.VIEWER, other_team.pk)


def test_a_service_account_has_its_role_in_its_team(team: Team) -> None:
    account = ServiceAccountFactory(team=team, role="viewer")
    actor = actors.actor_for_token(token_of(service_account=account))
    assert (actor.kind, actor.roles) == ("service_account", {team.pk: Role.VIEWER})
