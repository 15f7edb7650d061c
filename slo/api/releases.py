"""Releases as an API resource: recorded by programs, listed by anyone."""

from decimal import Decimal
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
from slo.models import Release
from slo.models.releases import STATUSES
from slo.selectors import releases as selectors
from slo.services import releases


class PercentageField(RatioField):
    """0 to 100 outside, a ratio inside."""

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data) / 100

    def to_representation(self, value: Any) -> Any:
        return float(Decimal(value) * 100)


class ReleaseSerializer(StrictSerializer):
    """One release of a service; a rollback is a release as well."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    version = serializers.CharField(max_length=100)
    url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    author = serializers.CharField(max_length=120, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    started_at = serializers.DateTimeField(required=False)
    percentage = PercentageField(source="rollout_ratio", required=False, min_value=0, max_value=100)
    status = serializers.ChoiceField(choices=STATUSES, required=False)
    created_at = serializers.DateTimeField(read_only=True)


class ReleaseQuerySerializer(serializers.Serializer[Release]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in version or author.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")


class ReleaseViewSet(ApiViewSet):
    """The releases that the caller may see."""

    scope = "releases"
    queryset = Release.objects.none()
    serializer_class = ReleaseSerializer

    @extend_schema(parameters=[ReleaseQuerySerializer], responses=ReleaseSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Releases, the latest recorded first."""
        query = ReleaseQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = selectors.search(selectors.releases(actor_of(request)), text=wanted.pop("q", ""), **wanted)
        return self.get_paginated_response(ReleaseSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Records a release; with an Idempotency-Key a repeat records nothing."""
        actor = actor_of(request)
        serializer = ReleaseSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.RESPONDER, service.team_id)
        release = releases.record_release(actor=actor, service=service, now=timezone.now(), **facts)
        return Response(ReleaseSerializer(release).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One release."""
        return Response(ReleaseSerializer(selectors.get_release(actor_of(request), id)).data)
