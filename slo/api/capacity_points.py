"""The points of a resource as an API, and the forecast made of them."""

from datetime import UTC, timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.forecasts import POINTS_SCHEMA, AmountField, ForecastAnswerSerializer, number, shown
from slo.domain.capacity.points import Problems, Reading, read_readings
from slo.models import Resource
from slo.models.capacity import LONGEST_FIT
from slo.selectors import capacity as selectors
from slo.selectors.capacity import Outlook
from slo.services import capacity_points


@extend_schema_field(POINTS_SCHEMA)
class ReadingsField(serializers.Field[list[Reading], Any, Any, Any]):
    """Pairs of a day or an instant and a value; at most 10,000."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return read_readings(data)
        except Problems as error:
            raise serializers.ValidationError(error.messages) from error

    def to_representation(self, value: Any) -> Any:
        return value


class PointsSerializer(StrictSerializer):
    """Points to store. A day stands for its first instant in UTC; the same instant again replaces its value."""

    points = ReadingsField()


class PointsStoredSerializer(serializers.Serializer[Any]):
    """What became of them."""

    points = serializers.IntegerField()
    days = serializers.IntegerField()


class DaySerializer(serializers.Serializer[Any]):
    """One UTC day."""

    day = serializers.DateField()
    maximum = AmountField()
    p95 = AmountField()
    n = serializers.IntegerField()


class DaysSerializer(serializers.Serializer[Any]):
    """The days of a resource."""

    days = DaySerializer(many=True)


class ResourceForecastSerializer(ForecastAnswerSerializer):
    """The forecast with what it is made of."""

    current = serializers.FloatField(allow_null=True)
    limit = serializers.FloatField()
    headroom = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField(help_text="Days with a value in the fit window.")
    window_start = serializers.DateField(allow_null=True)
    window_end = serializers.DateField(allow_null=True)
    lead_time_days = serializers.IntegerField()
    is_warning = serializers.BooleanField()


class ResourcePointsViewSet(ApiViewSet):
    """The points of one resource."""

    scope = "slos"
    queryset = Resource.objects.none()
    serializer_class = PointsSerializer
    pagination_class = None

    @extend_schema(responses=DaysSerializer)
    def show(self, request: Request, id: str) -> Response:
        """The days of the last two years, in order."""
        resource = selectors.get_resource(actor_of(request), id)
        today = timezone.now().astimezone(UTC).date()
        days = selectors.days_of(resource, start=today - timedelta(days=LONGEST_FIT), end=today + timedelta(days=1))
        return Response(DaysSerializer({"days": days}).data)

    @extend_schema(request=PointsSerializer, responses=PointsStoredSerializer)
    def create(self, request: Request, id: str) -> Response:
        """Stores points; sending them again changes nothing."""
        actor = actor_of(request)
        resource = selectors.get_resource(actor, id)
        actor.require(Role.RESPONDER, resource.service.team_id)
        serializer = PointsSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        readings = serializer.validated_data["points"]
        days = capacity_points.push_points(actor=actor, resource=resource, readings=readings, now=timezone.now())
        return Response({"points": len(readings), "days": days})


class ResourceForecastViewSet(ApiViewSet):
    """The forecast of one resource."""

    scope = "slos"
    queryset = Resource.objects.none()
    serializer_class = ResourceForecastSerializer
    pagination_class = None

    @extend_schema(responses=ResourceForecastSerializer)
    def show(self, request: Request, id: str) -> Response:
        """When it runs out, from its closed days."""
        resource = selectors.get_resource(actor_of(request), id)
        return Response(forecast_shown(selectors.outlook(resource, today=timezone.now().astimezone(UTC).date())))


def forecast_shown(found: Outlook) -> dict[str, Any]:
    """An outlook as JSON."""
    resource, days = found.resource, found.forecast.days
    return shown(found.forecast, found.limit_ahead, resource.lead_time) | {
        "current": number(found.current),
        "limit": number(resource.limit),
        "headroom": number(found.headroom),
        "n": len(days),
        "window_start": days[0][0].isoformat() if days else None,
        "window_end": days[-1][0].isoformat() if days else None,
        "lead_time_days": resource.lead_time_days,
        "is_warning": resource.is_warning,
    }
