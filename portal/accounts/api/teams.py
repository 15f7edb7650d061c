"""Teams as an API resource."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import teams
from portal.accounts.services.teams import TeamFacts
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class TeamSerializer(StrictSerializer):
    """A team."""

    id = serializers.CharField(source="public_id", read_only=True)
    name = serializers.CharField(max_length=80)
    slug = serializers.CharField(max_length=60)
    time_zone = serializers.CharField(max_length=64, required=False)
    is_private = serializers.BooleanField(required=False)
    created_at = serializers.DateTimeField(read_only=True)


class TeamViewSet(ApiViewSet):
    """The teams that the caller may see."""

    scope = "teams"
    serializer_class = TeamSerializer
    queryset = Team.objects.none()

    @extend_schema(responses=TeamSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Teams, the newest first."""
        page = self.paginate_queryset(people.teams(actor_of(request)))
        return self.get_paginated_response(TeamSerializer(page, many=True).data)

    def create(self, request: Request) -> Response:
        """Makes a team; for administrators."""
        team = teams.create_team(actor=actor_of(request), facts=TeamFacts(**_valid(request)), now=timezone.now())
        return self.one(team, TeamSerializer(team).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One team."""
        team = people.team_by_public_id(actor_of(request), id)
        return self.one(team, TeamSerializer(team).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes a team; send If-Match to be sure that nobody else did."""
        actor = actor_of(request)
        team = people.team_by_public_id(actor, id)
        facts = replace(teams.facts_of(team), **_valid(request, partial=True))
        changed = teams.update_team(
            actor=actor, team=team, facts=facts, expected_version=expected_version(request), now=timezone.now()
        )
        return self.one(changed, TeamSerializer(changed).data)


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = TeamSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
