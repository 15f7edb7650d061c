"""/api/v1/saved-filters/"""

from datetime import UTC
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from shortener.api.serializers import told
from shortener.api.writes import checked
from shortener.models import SavedFilter
from shortener.selectors import owners
from shortener.selectors import saved_filters as selectors
from shortener.services import saved_filters

WORDS = "Words as in the address of the list: q, state, tag, owner, team, domain, created_from, created_until, sort."


class SavedFilterPatch(StrictSerializer):
    """What may be changed."""

    name = serializers.CharField(required=False, max_length=saved_filters.NAME_LENGTH)
    query = serializers.DictField(child=serializers.CharField(), required=False, help_text=WORDS)


class SavedFilterDraft(SavedFilterPatch):
    """A name and what it finds; with a team it is that team's."""

    name = serializers.CharField(max_length=saved_filters.NAME_LENGTH)
    query = serializers.DictField(child=serializers.CharField(), help_text=WORDS)
    team = serializers.CharField(required=False, allow_null=True, help_text="Slug or id of the team.")

    def validate_team(self, name: str | None) -> int | None:
        return told(lambda: owners.team_id_for(self.context["actor"], name)) if name else None


class SavedFilterOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    team = serializers.CharField(source="team.slug", allow_null=True, default=None)
    query = serializers.DictField(child=serializers.CharField())
    created_at = serializers.DateTimeField(default_timezone=UTC)


class SavedFilterViewSet(ApiViewSet):
    """Filters of the list of links that people keep under a name."""

    scope = "links"
    queryset = SavedFilter.objects.none()
    serializer_class = SavedFilterOut

    def list(self, request: Request) -> Response:
        """The caller's filters and those of their teams, newest first."""
        page = self.paginate_queryset(selectors.saved_filters(actor_of(request)).order_by("-pk"))
        return self.get_paginated_response(SavedFilterOut(page, many=True).data)

    @extend_schema(request=SavedFilterDraft, responses={201: SavedFilterOut})
    def create(self, request: Request) -> Response:
        """Keep a filter. 409 when the caller has one of this name."""
        actor = actor_of(request)
        given = checked(SavedFilterDraft, request.data, actor=actor)
        saved = saved_filters.save_filter(
            actor=actor, name=given["name"], query=given["query"], team_id=given.get("team"), now=timezone.now()
        )
        return Response(SavedFilterOut(saved).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One filter."""
        return Response(SavedFilterOut(selectors.get_saved_filter(actor_of(request), id)).data)

    @extend_schema(request=SavedFilterPatch)
    def partial_update(self, request: Request, id: str) -> Response:
        """Change name or words."""
        actor = actor_of(request)
        saved = selectors.get_saved_filter(actor, id)
        saved_filters.require_owner(actor, saved)
        values = checked(SavedFilterPatch, request.data)
        changed = saved_filters.update_filter(actor=actor, saved=saved, values=values, now=timezone.now())
        return Response(SavedFilterOut(changed).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Forget a filter; the links stay."""
        actor = actor_of(request)
        saved_filters.delete_filter(actor=actor, saved=selectors.get_saved_filter(actor, id), now=timezone.now())
        return Response(status=204)
