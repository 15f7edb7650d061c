"""Temporary schedules: fixed shifts in the place of all layers for a while."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import person
from oncall.api.schedules import told
from oncall.models import Schedule
from oncall.selectors import schedules
from oncall.services import temporary
from oncall.services.temporary import FixedShift
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class FixedShiftSerializer(StrictSerializer):
    """People who hold a role together; ids or mail addresses."""

    role = serializers.CharField(max_length=20, default="primary")
    people = serializers.ListField(child=serializers.CharField(), min_length=1, max_length=50)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class TemporaryScheduleSerializer(StrictSerializer):
    """Its shifts take the place of all layers in `[starts_at, ends_at)`."""

    name = serializers.CharField(max_length=200)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    shifts = FixedShiftSerializer(many=True)


class TemporarySchedulesSerializer(StrictSerializer):
    """Those that are not over."""

    items = TemporaryScheduleSerializer(many=True)


class TemporaryViewSet(ApiViewSet):
    """The temporary schedules of one schedule, by name."""

    scope = "oncall"
    queryset = Schedule.objects.none()
    serializer_class = TemporaryScheduleSerializer
    pagination_class = None

    @extend_schema(responses=TemporarySchedulesSerializer)
    def list(self, request: Request, id: str) -> Response:
        """What runs or lies ahead."""
        schedule = schedules.get_schedule(actor_of(request), id)
        return Response({"items": _shown(schedule)})

    @extend_schema(responses={201: TemporarySchedulesSerializer})
    def create(self, request: Request, id: str) -> Response:
        """Adds one."""
        actor = actor_of(request)
        schedule = schedules.get_schedule(actor, id)
        actor.require(Role.MANAGER, schedule.team_id)
        serializer = TemporaryScheduleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        shifts = [_fixed(one, place) for place, one in enumerate(given.pop("shifts"))]
        temporary.add_temporary(actor=actor, schedule=schedule, shifts=shifts, now=timezone.now(), **given)
        return Response({"items": _shown(schedules.get_schedule(actor, id))}, status=201)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, id: str, name: str) -> Response:
        """Takes back what lies ahead of one."""
        actor = actor_of(request)
        schedule = schedules.get_schedule(actor, id)
        actor.require(Role.MANAGER, schedule.team_id)
        temporary.end_temporary(actor=actor, schedule=schedule, name=name, now=timezone.now())
        return Response(status=204)


def _fixed(given: dict[str, Any], place: int) -> FixedShift:
    users = tuple(person(one, f"shifts.{place}.people").pk for one in given["people"])
    return FixedShift(given["role"], users, given["starts_at"], given["ends_at"])


def _shown(schedule: Schedule) -> Any:
    return told({"temporary": temporary.temporaries(schedule, timezone.now())})["temporary"]
