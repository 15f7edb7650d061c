"""Heartbeats as an API resource. The address to ping is shown to responders and managers only."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.api.fields import SecondsField, service_in_body
from slo.models import Heartbeat
from slo.models.heartbeats import SCHEDULES, SEVERITIES, STATES
from slo.selectors import heartbeats as selectors
from slo.services import heartbeats
from slo.services.heartbeat_rows import key_of

STATE_KEYS = [key for key, _ in STATES]


class HeartbeatSerializer(StrictSerializer):
    """A job that reports. `expression` is of `cron` or `calendar` (systemd OnCalendar), in the local time of `zone`."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    sli = serializers.CharField(source="sli.public_id", read_only=True)
    name = serializers.CharField(max_length=100)
    schedule_kind = serializers.ChoiceField(choices=[key for key, _ in SCHEDULES], required=False)
    period_seconds = SecondsField(source="period", required=False)
    expression = serializers.CharField(max_length=200, required=False, allow_blank=True)
    zone = serializers.CharField(max_length=64, required=False)
    grace_seconds = SecondsField(source="grace", required=False)
    severity = serializers.ChoiceField(choices=[key for key, _ in SEVERITIES], required=False)
    paused = serializers.BooleanField(write_only=True, required=False)
    state = serializers.CharField(read_only=True)
    state_since = serializers.DateTimeField(read_only=True)
    reason = serializers.CharField(read_only=True)
    expected_at = serializers.DateTimeField(read_only=True, allow_null=True)
    last_ping_at = serializers.DateTimeField(read_only=True, allow_null=True)
    last_duration_seconds = SecondsField(source="last_duration", read_only=True, allow_null=True)
    last_exit_code = serializers.IntegerField(read_only=True, allow_null=True)
    ping_url = serializers.SerializerMethodField(help_text="Null for those who may not ping.")
    created_at = serializers.DateTimeField(read_only=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_ping_url(self, heartbeat: Heartbeat) -> str | None:
        may_ping = self.context["actor"].may(Role.RESPONDER, heartbeat.service.team_id)
        return f"{settings.PORTAL_BASE_URL}/ingest/heartbeat/{key_of(heartbeat)}/" if may_ping else None


class HeartbeatQuerySerializer(serializers.Serializer[Heartbeat]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in the name.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    state = serializers.ChoiceField(choices=STATE_KEYS, required=False)


class HeartbeatRunSerializer(StrictSerializer):
    """One run; `due_at` names the expected run that it answered."""

    rid = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    outcome = serializers.CharField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    duration_seconds = SecondsField(source="duration", allow_null=True)
    exit_code = serializers.IntegerField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()
    sample = serializers.CharField(help_text="What a failed run wrote, redacted.")


class HeartbeatViewSet(ApiViewSet):
    """The heartbeats that the caller may see."""

    scope = "slos"
    queryset = Heartbeat.objects.none()
    serializer_class = HeartbeatSerializer

    @extend_schema(parameters=[HeartbeatQuerySerializer], responses=HeartbeatSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Heartbeats, the newest first."""
        query = HeartbeatQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = selectors.search(selectors.heartbeats(actor_of(request)), text=wanted.pop("q", ""), **wanted)
        return self.get_paginated_response([_shown(request, one) for one in self.paginate_queryset(found) or []])

    def create(self, request: Request) -> Response:
        """Adds a heartbeat to a service whose team the caller manages."""
        actor = actor_of(request)
        facts = _valid(request)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        if facts.pop("paused", False):
            raise Invalid(fields={"paused": ["A new heartbeat expects nothing before its first ping."]})
        made = heartbeats.create_heartbeat(actor=actor, service=service, facts=facts, now=timezone.now())
        return self.one(made, _shown(request, made), status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One heartbeat."""
        heartbeat = selectors.get_heartbeat(actor_of(request), id)
        return self.one(heartbeat, _shown(request, heartbeat))

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes, pauses or resumes a heartbeat."""
        actor, now, heartbeat = actor_of(request), timezone.now(), self._managed(request, id)
        facts = _valid(request, partial=True)
        if "service" in facts:
            raise Invalid(fields={"service": ["A heartbeat stays with its service."]})
        paused = facts.pop("paused", None)
        version = expected_version(request)
        heartbeats.update_heartbeat(actor=actor, heartbeat=heartbeat, facts=facts, now=now, expected_version=version)
        if paused is not None:
            heartbeats.pause_heartbeat(actor=actor, heartbeat=heartbeat, paused=paused, now=now)
        return self.retrieve(request, id)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Removes a heartbeat; what its SLI counted stays."""
        heartbeat = self._managed(request, id)
        heartbeats.delete_heartbeat(actor=actor_of(request), heartbeat=heartbeat, now=timezone.now())
        return Response(status=204)

    @extend_schema(request=None)
    def rotate(self, request: Request, id: str) -> Response:
        """Gives a heartbeat another key; the old address is unknown from now on."""
        heartbeats.rotate_key(actor=actor_of(request), heartbeat=self._managed(request, id), now=timezone.now())
        return self.retrieve(request, id)

    @extend_schema(responses=HeartbeatRunSerializer(many=True))
    def runs(self, request: Request, id: str) -> Response:
        """The runs that are kept, the newest first."""
        found = selectors.runs(selectors.get_heartbeat(actor_of(request), id))
        return self.get_paginated_response(HeartbeatRunSerializer(self.paginate_queryset(found), many=True).data)

    def _managed(self, request: Request, id: str) -> Heartbeat:
        heartbeat = selectors.get_heartbeat(actor_of(request), id)
        actor_of(request).require(Role.MANAGER, heartbeat.service.team_id)
        return heartbeat


def _shown(request: Request, heartbeat: Heartbeat) -> Any:
    return HeartbeatSerializer(heartbeat, context={"actor": actor_of(request)}).data


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = HeartbeatSerializer(data=request.data, partial=partial, context={"actor": actor_of(request)})
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
