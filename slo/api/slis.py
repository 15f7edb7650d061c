"""SLIs as a readable API resource."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import SecondsField
from slo.models import Sli
from slo.selectors import objectives as selectors


class SliSerializer(StrictSerializer):
    """Where the numbers of SLOs come from: a probe or a source."""

    id = serializers.CharField(source="public_id")
    service = serializers.CharField(source="service.slug")
    name = serializers.CharField()
    probe = serializers.CharField(source="probe.public_id", allow_null=True, default=None)
    source = serializers.CharField()  # type: ignore[assignment]  # a field named as an attribute of Field
    every_seconds = SecondsField(source="every")
    started_at = serializers.DateTimeField()
    problem = serializers.CharField(help_text="Why the last counts were refused; empty when all is well.")


class SliQuerySerializer(serializers.Serializer[Sli]):
    """What to look for."""

    service = serializers.CharField(required=False, help_text="The slug of a service.")


class SliViewSet(ApiViewSet):
    """The SLIs that the caller may see; they come with probes and SLOs."""

    scope = "slos"
    queryset = Sli.objects.none()
    serializer_class = SliSerializer

    @extend_schema(parameters=[SliQuerySerializer], responses=SliSerializer(many=True))
    def list(self, request: Request) -> Response:
        """SLIs, the newest first."""
        found = selectors.slis(actor_of(request))
        if service := request.query_params.get("service"):
            found = found.filter(service__slug=service)
        return self.get_paginated_response(SliSerializer(self.paginate_queryset(found), many=True).data)

    def retrieve(self, request: Request, id: str) -> Response:
        """One SLI."""
        return Response(SliSerializer(selectors.get_sli(actor_of(request), id)).data)
