"""Reading API tokens and service accounts."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import ApiToken, ServiceAccount
from portal.lib.errors import NotFound


def tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens that `actor` may see: their own, and those of service accounts of the teams they manage."""
    found = ApiToken.objects.select_related("user", "service_account__team", "team")
    if actor.is_administrator:
        return found
    managed = [team_id for team_id, role in actor.roles.items() if role >= Role.MANAGER]
    seen = Q(service_account__team_id__in=managed)
    if actor.user_id is not None:
        seen |= Q(user_id=actor.user_id)
    found = found.filter(seen)
    return found if actor.only_team_id is None else found.filter(team_id=actor.only_team_id)


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of this very person, the newest first."""
    if actor.user_id is None:
        return ApiToken.objects.none()
    return tokens(actor).filter(user_id=actor.user_id).order_by("-pk")


def get_token(actor: Actor, public_id: str) -> ApiToken:
    """The token with this public id; NotFound when there is none or `actor` may not see it."""
    found = tokens(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such token, or you may not see it.")
    return found


def service_accounts(actor: Actor) -> QuerySet[Any]:
    """The service accounts that `actor` may see, with the number of their live tokens."""
    live = Count("tokens", filter=Q(tokens__revoked_at=None))
    return ServiceAccount.objects.visible_to(actor).select_related("team").annotate(token_count=live).order_by("name")


def get_service_account(actor: Actor, public_id: str) -> Any:
    """The service account with this public id; NotFound when there is none or `actor` may not see it."""
    found = service_accounts(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such service account, or you may not see it.")
    return found
