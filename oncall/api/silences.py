"""Silences and maintenance windows as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.matchers import MatcherListField
from oncall.models import Silence
from oncall.selectors import catches
from oncall.services import silences
from oncall.services.silences import SilenceFields
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid


class SilenceSerializer(StrictSerializer):
    """Alerts that match page nobody in the span, and in all spans of its rule."""

    id = serializers.CharField(source="public_id", read_only=True)
    state = serializers.SerializerMethodField(help_text="active, coming or past.")
    team = serializers.CharField(source="team.slug", help_text="Slug or id of a team.")
    service = serializers.CharField(source="service.slug", required=False, allow_null=True, default=None)
    matchers = MatcherListField(required=False, default=tuple)
    is_maintenance = serializers.BooleanField(required=False, default=False)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    rule = serializers.CharField(max_length=500, required=False, allow_blank=True, default="", help_text="An RRULE.")
    zone = serializers.CharField(max_length=64, required=False, default="UTC")
    comment = serializers.CharField(max_length=300)
    author = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def get_state(self, silence: Silence) -> str:
        """What it does now."""
        return catches.listed(silence, timezone.now()).state


class SilencePreviewSerializer(StrictSerializer):
    """What a silence would catch."""

    team = serializers.CharField()
    service = serializers.CharField(required=False, allow_null=True, default=None)
    matchers = MatcherListField(required=False, default=tuple)


class CaughtTitleSerializer(serializers.Serializer[Any]):
    """How often alerts of one title came in 7 days."""

    title = serializers.CharField()
    count = serializers.IntegerField()


class SilenceCaughtSerializer(serializers.Serializer[Any]):
    """Alerts that are open now, and how many came in 7 days."""

    now = serializers.ListField(child=serializers.CharField(), help_text="Ids of open alerts, 20 at most.")
    now_count = serializers.IntegerField()
    week_count = serializers.IntegerField()
    titles = CaughtTitleSerializer(many=True)


class SilenceViewSet(ApiViewSet):
    """The silences that the caller may see."""

    scope = "alerts"
    queryset = Silence.objects.none()
    serializer_class = SilenceSerializer

    def list(self, request: Request) -> Response:
        """Silences, the newest first."""
        found = Silence.objects.visible_to(actor_of(request)).select_related("team", "service")
        return self.get_paginated_response(SilenceSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Silences what matches; what is open and matches now is held at once."""
        actor = actor_of(request)
        serializer = SilenceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        team = people.team_by_reference(actor, given.pop("team")["slug"])
        actor.require(Role.RESPONDER, team.pk)
        given["service_id"] = _service_id(actor, (given.pop("service") or {}).get("slug"), team)
        fields = SilenceFields(**given)
        made = silences.create_silence(actor=actor, team_id=team.pk, fields=fields, now=timezone.now())
        return Response(SilenceSerializer(made).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One silence."""
        return Response(SilenceSerializer(catches.get_silence(actor_of(request), id)).data)

    @extend_schema(request=None, responses=SilenceSerializer)
    def end(self, request: Request, id: str) -> Response:
        """Ends it now; what still fires pages. Repeating it changes nothing."""
        actor = actor_of(request)
        silence = catches.get_silence(actor, id)
        actor.require(Role.RESPONDER, silence.team_id)
        silence = silences.end_silence(actor=actor, silence=silence, now=timezone.now())
        return Response(SilenceSerializer(silence).data)

    @extend_schema(request=SilencePreviewSerializer, responses=SilenceCaughtSerializer)
    def preview(self, request: Request) -> Response:
        """What a silence would catch now and would have caught in the last 7 days; saves nothing."""
        actor = actor_of(request)
        serializer = SilencePreviewSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        team = people.team_by_reference(actor, given["team"])
        found = catches.preview(team.pk, given["matchers"], _service_id(actor, given["service"], team), timezone.now())
        titles = [{"title": title, "count": count} for title, count in found.titles]
        counts = {"now_count": found.now_count, "week_count": found.week_count}
        return Response({"now": [one.public_id for one in found.now], **counts, "titles": titles})


def _service_id(actor: Actor, slug: str | None, team: Team) -> int | None:
    if not slug:
        return None
    service = catalog.get_service(actor, slug)
    if service.team_id != team.pk:
        raise Invalid(fields={"service": ["This service belongs to another team."]})
    return service.pk
