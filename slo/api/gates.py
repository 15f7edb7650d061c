"""The gate's answer for programs that release."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import RatioField, service_in_path
from slo.models import Slo
from slo.selectors import objectives


class GateBudgetSerializer(StrictSerializer):
    """One SLO as the gate saw it."""

    slo = serializers.CharField(source="slo_id")
    name = serializers.CharField()
    objective = RatioField()
    state = serializers.CharField()
    remaining_ratio = RatioField(allow_null=True)
    firing = serializers.ListField(child=serializers.CharField())


class GateSerializer(StrictSerializer):
    """Whether a release may start, why not, and the evidence."""

    allowed = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())
    budgets = GateBudgetSerializer(many=True)


class GateViewSet(ApiViewSet):
    """The gate of one service."""

    scope = "releases"
    queryset = Slo.objects.none()
    serializer_class = GateSerializer
    pagination_class = None

    @extend_schema(responses=GateSerializer)
    def show(self, request: Request, id: str) -> Response:
        """May the service release now? `id` is the id or the slug of a service."""
        service = service_in_path(actor_of(request), id)
        return Response(GateSerializer(objectives.gate(service_id=service.pk, now=timezone.now())).data)
