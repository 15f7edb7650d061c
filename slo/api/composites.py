"""Composite SLOs as an API resource: made of others by weight, and their parts changed as a whole."""

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
from slo.api.fields import RatioField, service_in_body
from slo.api.parts import PartSerializer, shares
from slo.domain.composites import MOST_PARTS
from slo.models import Slo
from slo.selectors import composites as selectors
from slo.selectors import objectives
from slo.services import composites


class PartsSerializer(StrictSerializer):
    """All parts of a composite; `reason` is kept with the revision that a change makes."""

    parts = serializers.ListField(child=PartSerializer(), min_length=1, max_length=MOST_PARTS)
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, write_only=True)


class CompositeSerializer(StrictSerializer):
    """An SLO that is composed of others; everything else about it is changed as of any SLO."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", max_length=100, help_text="Slug or id of the service.")
    name = serializers.CharField(max_length=100)
    description = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    objective = RatioField(help_text="A ratio such as 0.999.")
    parts = serializers.ListField(child=PartSerializer(), min_length=1, max_length=MOST_PARTS)
    revision = serializers.IntegerField(read_only=True)


class CompositeViewSet(ApiViewSet):
    """Making composites."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = CompositeSerializer

    def create(self, request: Request) -> Response:
        """Adds an SLO that is composed of others to a service whose team the caller manages."""
        actor = actor_of(request)
        serializer = CompositeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        some = shares(actor, facts.pop("parts"))
        slo = composites.create_composite(actor=actor, service=service, shares=some, facts=facts, now=timezone.now())
        return self.one(slo, _shown(slo), status=201)


class PartsViewSet(ApiViewSet):
    """The parts of one SLO; none where it is no composite."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = PartsSerializer

    @extend_schema(responses=PartsSerializer)
    def retrieve(self, request: Request, id: str) -> Response:
        """What an SLO is composed of, the heaviest part first."""
        return Response(_parts(objectives.get_slo(actor_of(request), id)))

    @extend_schema(responses=PartsSerializer)
    def update(self, request: Request, id: str) -> Response:
        """Makes an SLO consist of exactly these parts, as a new revision; the same parts change nothing."""
        actor = actor_of(request)
        slo = objectives.get_slo(actor, id)
        actor.require(Role.MANAGER, slo.service.team_id)
        serializer = PartsSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = serializer.validated_data
        some, reason = shares(actor, facts["parts"]), facts.get("reason", "")
        composites.set_parts(actor=actor, slo=slo, shares=some, reason=reason, now=timezone.now())
        return self.retrieve(request, id)


def _parts(slo: Slo) -> dict[str, Any]:
    return {"parts": PartSerializer(selectors.parts_of(slo), many=True).data}


def _shown(slo: Slo) -> dict[str, Any]:
    facts = {name: getattr(slo, name) for name in ("name", "description", "revision")}
    others = {"id": slo.public_id, "service": slo.service.slug, "objective": float(slo.objective)}
    return facts | others | _parts(slo)
