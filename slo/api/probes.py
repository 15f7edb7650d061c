"""Probes as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
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
from slo.models import Probe
from slo.models.probes import IP_FAMILIES, MAXIMUM_RETRIES
from slo.selectors import probes as selectors
from slo.services import probes


class LastResultSerializer(StrictSerializer):
    """What the latest run found; `phase` says where it failed."""

    ok = serializers.BooleanField(source="last_ok", allow_null=True)
    at = serializers.DateTimeField(source="last_run_at", allow_null=True)
    latency_seconds = SecondsField(source="last_latency", allow_null=True)
    phase = serializers.CharField(source="last_phase")
    reason = serializers.CharField(source="last_reason")


class ProbeSerializer(StrictSerializer):
    """A probe of a service."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    sli = serializers.CharField(source="sli.public_id", read_only=True)
    name = serializers.CharField(max_length=100)
    kind = serializers.CharField(max_length=20, required=False)
    url = serializers.CharField(max_length=1000)
    method = serializers.CharField(max_length=8, required=False)
    interval_seconds = SecondsField(source="interval", required=False, help_text="From 10 to 3600.")
    timeout_seconds = SecondsField(source="timeout", required=False)
    expected_status = serializers.CharField(max_length=100, required=False, help_text="Such as 200-299, 301.")
    keyword = serializers.CharField(max_length=200, required=False, allow_blank=True)
    latency_limit_seconds = SecondsField(source="latency_limit", required=False, allow_null=True)
    options = serializers.JSONField(
        required=False, help_text="What the kind knows beside these; takes the place of all options before."
    )
    credentials = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=20_000, trim_whitespace=False),
        required=False,
        write_only=True,
        help_text="Secrets by name, never shown again: those left out stay, an empty one is taken away.",
    )
    credentials_set = serializers.SerializerMethodField(help_text="Which credentials are stored.")
    ip_family = serializers.ChoiceField(choices=IP_FAMILIES, required=False)
    retries = serializers.IntegerField(min_value=0, max_value=MAXIMUM_RETRIES, required=False)
    locations = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    down_locations = serializers.IntegerField(
        min_value=1, required=False, allow_null=True, help_text="How many must be down; null: a majority."
    )
    up_threshold = serializers.IntegerField(min_value=1, max_value=20, required=False)
    down_threshold = serializers.IntegerField(min_value=1, max_value=20, required=False)
    paused = serializers.BooleanField(source="is_paused", required=False)
    state = serializers.CharField(read_only=True)
    state_since = serializers.DateTimeField(read_only=True, allow_null=True)
    last_result = LastResultSerializer(source="*", read_only=True)
    missed_count = serializers.IntegerField(read_only=True, help_text="Slots that passed unused.")
    created_at = serializers.DateTimeField(read_only=True)

    def get_credentials_set(self, probe: Probe) -> list[str]:
        return probes.secret_names(probe)


class ProbeQuerySerializer(serializers.Serializer[Probe]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in name or URL.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    kind = serializers.CharField(required=False, help_text="A kind such as http.")
    state = serializers.ChoiceField(choices=["pending", "up", "down", "paused"], required=False)


class ProbeViewSet(ApiViewSet):
    """The probes that the caller may see."""

    scope = "slos"
    queryset = Probe.objects.none()
    serializer_class = ProbeSerializer

    @extend_schema(parameters=[ProbeQuerySerializer], responses=ProbeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Probes, the newest first."""
        query = ProbeQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = selectors.search(selectors.probes(actor_of(request)), text=wanted.pop("q", ""), **wanted)
        return self.get_paginated_response(ProbeSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Adds a probe to a service whose team the caller manages."""
        actor, now = actor_of(request), timezone.now()
        facts = _valid(request)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        paused = facts.pop("is_paused", False)
        probe = probes.create_probe(actor=actor, service=service, facts=facts, now=now, paused=paused)
        return self.one(probe, ProbeSerializer(probe).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One probe."""
        probe = selectors.get_probe(actor_of(request), id)
        return self.one(probe, ProbeSerializer(probe).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes, pauses or resumes a probe."""
        actor, now = actor_of(request), timezone.now()
        probe = selectors.get_probe(actor, id)
        actor.require(Role.MANAGER, probe.service.team_id)
        facts = _valid(request, partial=True)
        if "service" in facts:
            raise Invalid(fields={"service": ["A probe stays with its service."]})
        paused = facts.pop("is_paused", None)
        version = expected_version(request)
        probes.update_probe(actor=actor, probe=probe, facts=facts, now=now, paused=paused, expected_version=version)
        return self.retrieve(request, id)


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = ProbeSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
