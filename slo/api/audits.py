"""The audit of what is measured, for programs."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.models import Slo
from slo.selectors.measurement_audit import audit


class AuditFindingSerializer(StrictSerializer):
    """One thing that the audit noticed."""

    kind = serializers.CharField(help_text="slo, sli, probe or service.")
    id = serializers.CharField(source="public_id", help_text="Its id; the slug of a service.")
    name = serializers.CharField()
    service = serializers.CharField(source="service.slug")
    problem = serializers.CharField()
    advice = serializers.CharField()


class AuditSectionSerializer(StrictSerializer):
    """The findings of one question."""

    key = serializers.CharField()
    title = serializers.CharField()
    why = serializers.CharField()
    findings = AuditFindingSerializer(many=True)


class AuditQuerySerializer(serializers.Serializer[Slo]):
    """What to look at."""

    service = serializers.CharField(required=False, help_text="The slug of a service.")


class MeasurementAuditViewSet(ApiViewSet):
    """What is measured and not used, used and not measured, or named against the convention."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = AuditSectionSerializer
    pagination_class = None

    @extend_schema(parameters=[AuditQuerySerializer], responses=AuditSectionSerializer(many=True))
    def show(self, request: Request) -> Response:
        """All sections, those without findings included."""
        query = AuditQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        sections = audit(actor_of(request), now=timezone.now(), **query.validated_data)
        return Response(AuditSectionSerializer(sections, many=True).data)
