"""Runs of probes as an API resource: their results, and trials that are not kept."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.pagination import CursorPages
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import SecondsField, service_in_body
from slo.api.probes import ProbeSerializer
from slo.models import Probe, ProbeResult
from slo.selectors import probes as selectors
from slo.services import probe_trials

KEPT = timedelta(days=400)


class ResultPages(CursorPages):
    """The latest slots first; at one slot the locations by name."""

    ordering: Any = ("-slot_at", "location")  # the base has one column only


class TimingSerializer(serializers.Serializer[Any]):
    """How long one phase took, or one step of a scenario."""

    name = serializers.CharField()
    milliseconds = serializers.FloatField()


class RunSerializer(serializers.Serializer[Any]):
    """What one run found: on failure the phase, the reason in words and a redacted sample of the answer."""

    ok = serializers.BooleanField()
    latency_seconds = SecondsField(source="latency")
    status = serializers.IntegerField(allow_null=True)
    phase = serializers.CharField()
    reason = serializers.CharField()
    timings = serializers.SerializerMethodField()
    sample = serializers.CharField()

    @extend_schema_field(TimingSerializer(many=True))
    def get_timings(self, run: Any) -> list[dict[str, Any]]:
        return [{"name": name, "milliseconds": spent} for name, spent in run.timings or []]


class ResultSerializer(RunSerializer):
    """One stored run."""

    slot_at = serializers.DateTimeField()
    at = serializers.DateTimeField()
    location = serializers.CharField()


class TrialSerializer(RunSerializer):
    """A run that is not kept; `measured` is false where it says nothing about the target."""

    measured = serializers.BooleanField()


class ResultQuerySerializer(StrictSerializer):
    """Which results to show."""

    ok = serializers.BooleanField(required=False, allow_null=True, default=None)
    limit = serializers.CharField(required=False)
    cursor = serializers.CharField(required=False)


class ProbeResultViewSet(ApiViewSet):
    """The results of one probe."""

    scope = "slos"
    queryset = ProbeResult.objects.none()
    serializer_class = ResultSerializer
    pagination_class = ResultPages

    @extend_schema(parameters=[ResultQuerySerializer], responses=ResultSerializer(many=True))
    def list(self, request: Request, id: str) -> Response:
        """Results, the latest first; `ok=false` leaves the good ones out."""
        probe, now = selectors.get_probe(actor_of(request), id), timezone.now()
        query = ResultQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        found = selectors.results(probe, start=now - KEPT, end=now + probe.interval)
        if query.validated_data["ok"] is not None:
            found = found.filter(ok=query.validated_data["ok"])
        return self.get_paginated_response(ResultSerializer(self.paginate_queryset(found), many=True).data)


class ProbeTrialViewSet(ApiViewSet):
    """Trials of probes."""

    scope = "slos"
    queryset = Probe.objects.none()
    serializer_class = ProbeSerializer

    @extend_schema(request=ProbeSerializer, responses={200: TrialSerializer})
    def create(self, request: Request) -> Response:
        """Runs a probe once without keeping it, for at most 15 seconds; ten trials a minute."""
        actor, now = actor_of(request), timezone.now()
        serializer = ProbeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        facts.pop("is_paused", None)
        outcome = probe_trials.try_probe(actor=actor, service=service, facts=facts, now=now)
        return Response(TrialSerializer(outcome).data)
