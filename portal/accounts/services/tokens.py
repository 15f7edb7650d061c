"""Making, using and revoking API tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from portal.accounts.domain import scopes as scope_rules
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import UnknownScopes
from portal.accounts.models import ApiToken, ServiceAccount, Team, User
from portal.accounts.services import audit
from portal.lib.errors import Invalid, PermissionDenied

USE_RECORDED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token's row, and its text, which exists only in this answer."""

    token: ApiToken
    text: str


@transaction.atomic
def create_token(
    *,
    actor: Actor,
    name: str,
    scopes: list[str],
    now: datetime,
    user: User | None = None,
    service_account: ServiceAccount | None = None,
    team: Team | None = None,
    expires_at: datetime | None = None,
) -> IssuedToken:
    """Issues a token to exactly one owner: the caller, or a service account that the caller manages.

    A caller with a token gives away no scope that the token does not have.
    """
    _check_owner(actor, user, service_account)
    _check_scopes(actor, scopes)
    if expires_at is not None and expires_at <= now:
        raise Invalid(fields={"expires_at": ["This is in the past."]})
    _check_team(actor, team)
    fresh = secrets.new_token()
    token = ApiToken.objects.create(
        name=name,
        prefix=fresh.prefix,
        digest=fresh.digest,
        scopes=scope_rules.ordered(scopes),
        user=user,
        service_account=service_account,
        team=team,
        created_at=now,
        expires_at=expires_at,
    )
    audit.record(actor=actor, action="token.created", target=token, after=shown(token), now=now)
    return IssuedToken(token=token, text=fresh.text)


@transaction.atomic
def revoke_token(*, actor: Actor, token: ApiToken, now: datetime) -> ApiToken:
    """Ends a token for good; revoking it again changes nothing."""
    if not may_manage(actor, token):
        raise PermissionDenied("Only its owner, a manager of its service account or an administrator revokes a token.")
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    if changed:
        audit.record(actor=actor, action="token.revoked", target=token, after={"revoked_at": now}, now=now)
    token.refresh_from_db()
    return token


def authenticate(text: str, *, now: datetime) -> ApiToken | None:
    """The live token with this text, its use recorded at most once a minute; None for every other text."""
    parts = secrets.split(text)
    if parts is None:
        return None
    prefix, secret = parts
    token = ApiToken.objects.select_related("user", "service_account", "team").filter(prefix=prefix).first()
    if token is None or not secrets.matches(secret, token.digest) or not is_live(token, now):
        return None
    _record_use(token, now)
    return token


def is_live(token: ApiToken, now: datetime) -> bool:
    """Neither revoked nor expired, and its owner is active."""
    owner = token.user or token.service_account
    return token.state(now) == "active" and owner is not None and owner.is_active


def may_manage(actor: Actor, token: ApiToken) -> bool:
    """Whether `actor` may see and revoke this token: the person it belongs to, or a manager of the service account."""
    if token.service_account is not None:
        return actor.may(Role.MANAGER, token.service_account.team_id)
    return actor.is_administrator or (actor.user_id is not None and actor.user_id == token.user_id)


def shown(token: ApiToken) -> dict[str, object]:
    """What the audit log keeps of a token."""
    return {
        "name": token.name,
        "scopes": token.scopes,
        "owner": str(token.user or token.service_account),
        "team": token.team.slug if token.team else None,
        "expires_at": token.expires_at,
    }


def _record_use(token: ApiToken, now: datetime) -> None:
    if token.last_used_at is not None and now - token.last_used_at < USE_RECORDED_EVERY:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_RECORDED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def _check_owner(actor: Actor, user: User | None, account: ServiceAccount | None) -> None:
    if (user is None) == (account is None):
        raise Invalid("A token belongs to one person or to one service account.")
    if account is not None:
        actor.require(Role.MANAGER, account.team_id)
    elif user is not None and user.pk != actor.user_id and actor.kind != "system":
        raise PermissionDenied("Nobody makes a token in the name of somebody else.")


def _check_team(actor: Actor, team: Team | None) -> None:
    if actor.only_team_id is not None and (team is None or team.pk != actor.only_team_id):
        raise PermissionDenied("A token that is held to one team makes only tokens held to that team.")
    if team is not None and not actor.may(Role.VIEWER, team.pk):
        raise PermissionDenied("A token can be held only to a team that its owner is in.")


def _check_scopes(actor: Actor, scopes: list[str]) -> None:
    if unknown := scope_rules.unknown(scopes):
        raise UnknownScopes(fields={"scopes": [f"There is no scope {scope}." for scope in unknown]})
    if not scopes:
        raise Invalid(fields={"scopes": ["Choose at least one scope."]})
    if beyond := scope_rules.beyond(scopes, actor.scopes):
        raise PermissionDenied(f"Your own token does not have {', '.join(beyond)}.")
