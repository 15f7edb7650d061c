"""From a signed-in person or a token to the Actor that every permission asks."""

from portal.accounts.domain.actors import SERVICE_ACCOUNT, USER, Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import ApiToken, Membership, ServiceAccount, User


def actor_for_user(user: User, *, request_id: str = "", address: str | None = None) -> Actor:
    """The person in a browser session: all roles, no scopes."""
    return Actor(
        kind=USER,
        label=str(user),
        user_id=user.pk,
        roles=roles_of(user),
        is_administrator=user.is_administrator,
        request_id=request_id,
        address=address,
    )


def actor_for_token(token: ApiToken, *, request_id: str = "", address: str | None = None) -> Actor:
    """The holder of a token: never more than the owner may, narrowed to the token's scopes and team.

    An administrator's token that is held to one team is a manager there and nothing elsewhere.
    """
    user, account = token.user, token.service_account
    roles = _held_roles(user, account)
    is_administrator = user is not None and user.is_administrator
    if token.team_id is not None:
        held = Role.MANAGER if is_administrator else roles.get(token.team_id)
        roles = {token.team_id: held} if held else {}
    return Actor(
        kind=USER if user else SERVICE_ACCOUNT,
        label=f"{user or account} ({token.name})",
        user_id=token.user_id,
        service_account_id=token.service_account_id,
        token_id=token.pk,
        roles=roles,
        is_administrator=is_administrator and token.team_id is None,
        scopes=frozenset(token.scopes),
        only_team_id=token.team_id,
        request_id=request_id,
        address=address,
    )


def roles_of(user: User) -> dict[int, Role]:
    """Team id -> role of one person."""
    rows = Membership.objects.filter(user=user).values_list("team_id", "role")
    return {team_id: Role(role) for team_id, role in rows}


def _held_roles(user: User | None, account: ServiceAccount | None) -> dict[int, Role]:
    if user is not None:
        return roles_of(user)
    return {account.team_id: Role(account.role)} if account is not None else {}
