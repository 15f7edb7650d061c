"""Who am I: what a token or session may do."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class OwnTeamSerializer(StrictSerializer):
    """A team and the caller's role in it."""

    id = serializers.CharField()
    slug = serializers.CharField()
    role = serializers.CharField()


class MeSerializer(StrictSerializer):
    """The caller; `scopes` is null for a browser session, which has them all."""

    kind = serializers.CharField()
    id = serializers.CharField()
    name = serializers.CharField()
    is_administrator = serializers.BooleanField()
    scopes = serializers.ListField(child=serializers.CharField(), allow_null=True)
    teams = OwnTeamSerializer(many=True)


class MeViewSet(ApiViewSet):
    """The caller itself; any token may ask."""

    scope_exempt = True

    @extend_schema(responses=MeSerializer)
    def show(self, request: Request) -> Response:
        """Who the caller is, with which roles and scopes."""
        actor = actor_of(request)
        return Response(MeSerializer(described(actor, request.user)).data)


def described(actor: Actor, owner: Any) -> dict[str, Any]:
    """The caller as the API shows it."""
    teams = people.teams(actor).filter(pk__in=actor.team_ids)
    return {
        "kind": actor.kind,
        "id": owner.public_id,
        "name": actor.label,
        "is_administrator": actor.is_administrator,
        "scopes": None if actor.scopes is None else sorted(actor.scopes),
        "teams": [{"id": team.public_id, "slug": team.slug, "role": actor.roles[team.pk]} for team in teams],
    }
