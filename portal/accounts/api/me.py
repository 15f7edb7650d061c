"""Who am I: what a token or session may do, and what a person says about themselves."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.scopes import ADMIN
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import users
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import PermissionDenied


class OwnTeamSerializer(StrictSerializer):
    """A team and the caller's role in it."""

    id = serializers.CharField()
    slug = serializers.CharField()
    role = serializers.CharField()


class MeSerializer(StrictSerializer):
    """The caller; `scopes` is null for a browser session, which has them all; `time_zone` for a service account."""

    kind = serializers.CharField()
    id = serializers.CharField()
    name = serializers.CharField()
    time_zone = serializers.CharField(allow_null=True)
    is_administrator = serializers.BooleanField()
    scopes = serializers.ListField(child=serializers.CharField(), allow_null=True)
    teams = OwnTeamSerializer(many=True)


class ProfileSerializer(StrictSerializer):
    """What a person may change of themselves."""

    name = serializers.CharField(max_length=120, required=False)
    time_zone = serializers.CharField(max_length=64, required=False)


class MeViewSet(ApiViewSet):
    """The caller itself; any token may ask."""

    scope_exempt = True

    @extend_schema(responses=MeSerializer)
    def show(self, request: Request) -> Response:
        """Who the caller is, with which roles and scopes."""
        actor = actor_of(request)
        return Response(MeSerializer(described(actor, request.user)).data)

    @extend_schema(request=ProfileSerializer, responses=MeSerializer)
    def update_profile(self, request: Request) -> Response:
        """Changes name or zone of the person who asks; a token needs the scope `admin`."""
        actor, user = actor_of(request), request.user
        if not isinstance(user, User) or not actor.has_scope(ADMIN):
            raise PermissionDenied("Only a person changes a profile, signed in or with a token of the scope admin.")
        given = ProfileSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = {"name": user.name, "time_zone": user.time_zone, **given.validated_data}
        users.update_profile(actor=actor, user=user, now=timezone.now(), **wanted)
        return Response(MeSerializer(described(actor_of(request), user)).data)


def described(actor: Actor, owner: Any) -> dict[str, Any]:
    """The caller as the API shows it."""
    teams = people.teams(actor).filter(pk__in=actor.team_ids)
    return {
        "kind": actor.kind,
        "id": owner.public_id,
        "name": str(owner),
        "time_zone": getattr(owner, "time_zone", None),
        "is_administrator": actor.is_administrator,
        "scopes": None if actor.scopes is None else sorted(actor.scopes),
        "teams": [{"id": team.public_id, "slug": team.slug, "role": actor.roles[team.pk]} for team in teams],
    }
