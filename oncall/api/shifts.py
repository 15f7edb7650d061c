"""The shifts that a schedule publishes, and those on record."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import PersonSerializer
from oncall.models import Schedule
from oncall.selectors import schedules as found_schedules
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet

LONGEST = timedelta(days=400)


class ShiftSerializer(StrictSerializer):
    """Who holds a role in `[starts_at, ends_at)`; nobody has the source `gap`."""

    starts_at = serializers.DateTimeField(source="start")
    ends_at = serializers.DateTimeField(source="end")
    role = serializers.CharField()
    people = PersonSerializer(source="users", many=True)
    source = serializers.CharField()  # type: ignore[assignment]  # a field called so, not the argument of DRF


class ShiftsSerializer(StrictSerializer):
    """The shifts of a range."""

    items = ShiftSerializer(many=True)


class RangeSerializer(serializers.Serializer[Schedule]):
    """`[from, to)`; without them the next three months."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.DateTimeField(required=False) for name in ("from", "to")}


class ShiftViewSet(ApiViewSet):
    """The published shifts of one schedule."""

    scope = "oncall"
    queryset = Schedule.objects.none()
    serializer_class = ShiftsSerializer
    pagination_class = None

    @extend_schema(parameters=[RangeSerializer], responses=ShiftsSerializer)
    def list(self, request: Request, id: str) -> Response:
        """Who is on call when: the past as recorded, all else from the resolver that pages."""
        schedule = found_schedules.get_schedule(actor_of(request), id)
        start, end = range_of(request)
        return Response(ShiftsSerializer({"items": found_schedules.shifts(schedule, start, end)}).data)


def range_of(request: Request) -> tuple[datetime, datetime]:
    """The range that the query asks for, at most 400 days."""
    query = RangeSerializer(data=request.query_params)
    query.is_valid(raise_exception=True)
    start = query.validated_data.get("from") or timezone.now()
    end = query.validated_data.get("to") or start + found_schedules.PUBLISHED
    if not timedelta(0) < end - start <= LONGEST:
        raise serializers.ValidationError({"to": ["It must come after `from`, by at most 400 days."]})
    return start, end
