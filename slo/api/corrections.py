"""Corrections as an API resource: appended to the ledger after a preview, revoked, never changed."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.adjustments import SpanQuerySerializer, SpanSerializer, slo_in_body
from slo.api.fields import RatioField, service_in_body
from slo.models import Correction
from slo.models.adjustments import EFFECTS
from slo.selectors import adjustments, consequences
from slo.services import corrections


class CorrectionSerializer(SpanSerializer):
    """A span of one SLO, or of all SLOs of a service, that is left out (`exclude`) or counted as good."""

    id = serializers.CharField(source="public_id", read_only=True)
    slo = serializers.CharField(
        source="slo.public_id", max_length=40, required=False, allow_null=True, default=None, help_text="One SLO alone."
    )
    effect = serializers.ChoiceField(choices=EFFECTS, required=False)
    reason = serializers.CharField(max_length=500)
    author = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    revoked_at = serializers.DateTimeField(read_only=True, allow_null=True)
    revoked_by = serializers.CharField(read_only=True)


class StandingSerializer(serializers.Serializer[Any]):
    """Where a budget stands; ratios are null without events."""

    good = serializers.IntegerField(source="counts.good")
    total = serializers.IntegerField(source="counts.total")
    sli_ratio = RatioField(source="ratio", allow_null=True)
    consumed_ratio = RatioField(allow_null=True)
    remaining_ratio = RatioField(allow_null=True)


class ConsequenceSerializer(serializers.Serializer[Any]):
    """What one SLO would say. `whole_hours` of the touched time are known as hours only and are changed as such."""

    slo = serializers.CharField(source="slo.public_id")
    name = serializers.CharField(source="slo.name")
    minutes = serializers.IntegerField()
    whole_hours = serializers.IntegerField()
    before = StandingSerializer()
    after = StandingSerializer()


class CorrectionPreviewSerializer(StrictSerializer):
    """The SLOs that a correction would concern."""

    slos = ConsequenceSerializer(many=True)


class CorrectionViewSet(ApiViewSet):
    """The corrections that the caller may see."""

    scope = "slos"
    queryset = Correction.objects.none()
    serializer_class = CorrectionSerializer

    @extend_schema(parameters=[SpanQuerySerializer], responses=CorrectionSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Corrections, the latest first, revoked ones too."""
        found = adjustments.corrections(actor_of(request))
        if service := request.query_params.get("service"):
            found = found.filter(service__slug=service)
        return self.get_paginated_response(CorrectionSerializer(self.paginate_queryset(found), many=True).data)

    @extend_schema(responses={201: CorrectionSerializer})
    def create(self, request: Request) -> Response:
        """Appends a correction to a service whose team the caller manages, and applies it."""
        actor = actor_of(request)
        facts = _facts(request)
        actor.require(Role.MANAGER, facts["service"].team_id)
        correction = corrections.create_correction(actor=actor, now=timezone.now(), **facts)
        return Response(CorrectionSerializer(correction).data, status=201)

    @extend_schema(request=CorrectionSerializer, responses=CorrectionPreviewSerializer)
    def preview(self, request: Request) -> Response:
        """What a correction would change, without storing anything."""
        now = timezone.now()
        draft = corrections.draft(now=now, **_facts(request))
        found = consequences.consequences(draft, now=now)
        return Response(CorrectionPreviewSerializer({"slos": found}).data)

    def retrieve(self, request: Request, id: str) -> Response:
        """One correction."""
        return Response(CorrectionSerializer(adjustments.get_correction(actor_of(request), id)).data)

    @extend_schema(request=None, responses=CorrectionSerializer)
    def revoke(self, request: Request, id: str) -> Response:
        """Takes a correction back; the numbers are again what they were without it."""
        actor = actor_of(request)
        correction = adjustments.get_correction(actor, id)
        actor.require(Role.MANAGER, correction.service.team_id)
        corrections.revoke_correction(actor=actor, correction=correction, now=timezone.now())
        return self.retrieve(request, id)


def _facts(request: Request) -> dict[str, Any]:
    serializer = CorrectionSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    facts, actor = dict(serializer.validated_data), actor_of(request)
    service = service_in_body(actor, facts.pop("service")["slug"])
    return facts | {"service": service, "slo": slo_in_body(actor, facts)}
