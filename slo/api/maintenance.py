"""Maintenance windows as an API resource."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from slo.api.adjustments import SpanQuerySerializer, SpanSerializer
from slo.api.fields import service_in_body
from slo.models import MaintenanceWindow
from slo.selectors import adjustments
from slo.services import maintenance


class MaintenanceSerializer(SpanSerializer):
    """Planned work on a service. SLOs that exclude maintenance leave it out; probes may rest meanwhile."""

    id = serializers.CharField(source="public_id", read_only=True)
    name = serializers.CharField(max_length=120)
    pauses_probes = serializers.BooleanField(required=False)
    author = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    cancelled_at = serializers.DateTimeField(read_only=True, allow_null=True)


class MaintenanceViewSet(ApiViewSet):
    """The maintenance windows that the caller may see."""

    scope = "slos"
    queryset = MaintenanceWindow.objects.none()
    serializer_class = MaintenanceSerializer

    @extend_schema(parameters=[SpanQuerySerializer], responses=MaintenanceSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Maintenance windows, the latest first, cancelled ones too."""
        found = adjustments.windows(actor_of(request))
        if service := request.query_params.get("service"):
            found = found.filter(service__slug=service)
        return self.get_paginated_response(MaintenanceSerializer(self.paginate_queryset(found), many=True).data)

    @extend_schema(responses={201: MaintenanceSerializer})
    def create(self, request: Request) -> Response:
        """Announces a window for a service whose team the caller manages."""
        actor = actor_of(request)
        serializer = MaintenanceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        window = maintenance.create_window(actor=actor, service=service, now=timezone.now(), **facts)
        return Response(MaintenanceSerializer(window).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One maintenance window."""
        return Response(MaintenanceSerializer(adjustments.get_window(actor_of(request), id)).data)

    @extend_schema(request=None, responses=MaintenanceSerializer)
    def cancel(self, request: Request, id: str) -> Response:
        """Ends a window now; later occurrences do not take place."""
        actor = actor_of(request)
        window = adjustments.get_window(actor, id)
        actor.require(Role.MANAGER, window.service.team_id)
        maintenance.cancel_window(actor=actor, window=window, now=timezone.now())
        return self.retrieve(request, id)
