"""Schedules as an API resource, and the shifts that they publish."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import PersonSerializer, person
from oncall.models import Schedule
from oncall.models.schedules import WEEKDAYS
from oncall.selectors import schedules as found_schedules
from oncall.services import schedules
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet

DAYS = [name.lower() for _, name in WEEKDAYS]
LONGEST = timedelta(days=400)
CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"


@extend_schema_field({"type": "string", "pattern": CLOCK, "example": "09:00"})
class ClockField(serializers.TimeField):
    """A time of day in hours and minutes, as HH:MM and in no other form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or re.fullmatch(CLOCK, value) is None:
            self.fail("invalid", format="HH:MM")
        return super().to_internal_value(value)


class ScheduleSerializer(StrictSerializer):
    """A weekly rotation; the first member is primary in the week that runs when it is saved, the second secondary."""

    id = serializers.CharField(read_only=True)
    team = serializers.CharField(help_text="Slug or id of the team.")
    name = serializers.CharField(max_length=80)
    time_zone = serializers.CharField(max_length=64)
    handoff_weekday = serializers.ChoiceField(choices=DAYS)
    handoff_time = ClockField()
    members = serializers.ListField(
        child=serializers.CharField(), min_length=1, max_length=50, help_text="Ids or mail addresses, in order."
    )


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
    """`[from, to)`; without them the next twelve weeks."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.DateTimeField(required=False) for name in ("from", "to")}


class ScheduleViewSet(ApiViewSet):
    """The schedules that the caller may see."""

    scope = "oncall"
    queryset = Schedule.objects.none()
    serializer_class = ScheduleSerializer

    def list(self, request: Request) -> Response:
        """Schedules, the newest first."""
        found = self.paginate_queryset(found_schedules.schedules(actor_of(request)))
        return self.get_paginated_response([_shown(schedule) for schedule in found or []])

    def create(self, request: Request) -> Response:
        """Publishes a rotation that counts from now on."""
        actor = actor_of(request)
        given = _valid(request)
        team = people.team_by_reference(actor, given["team"])
        actor.require(Role.MANAGER, team.pk)
        made = schedules.create_schedule(actor=actor, team_id=team.pk, fields=_fields(given), now=timezone.now())
        return self._one(actor, made, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One schedule as it counts now."""
        actor = actor_of(request)
        return self._one(actor, found_schedules.get_schedule(actor, id))

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes a rotation from now on; who was on call before stays as it was."""
        actor = actor_of(request)
        schedule = found_schedules.get_schedule(actor, id)
        actor.require(Role.MANAGER, schedule.team_id)
        given = {**_shown(schedule), "handoff_time": None, **_valid(request, partial=True)}
        version = found_schedules.current_version(schedule)
        if given["handoff_time"] is None and version is not None:
            given["handoff_time"] = version.handoff_time
        schedules.edit_schedule(
            actor=actor,
            schedule=schedule,
            fields=_fields(given),
            expected_version=expected_version(request),
            now=timezone.now(),
        )
        return self._one(actor, schedule)

    def _one(self, actor: Actor, schedule: Schedule, status: int = 200) -> Response:
        fresh = found_schedules.get_schedule(actor, schedule.public_id)
        return self.one(fresh, _shown(fresh), status=status)


class ShiftViewSet(ApiViewSet):
    """The published shifts of one schedule."""

    scope = "oncall"
    queryset = Schedule.objects.none()
    serializer_class = ShiftsSerializer
    pagination_class = None

    @extend_schema(parameters=[RangeSerializer], responses=ShiftsSerializer)
    def list(self, request: Request, id: str) -> Response:
        """Who is on call when, past and future, from the resolver that pages."""
        schedule = found_schedules.get_schedule(actor_of(request), id)
        start, end = _range(request)
        return Response(ShiftsSerializer({"items": found_schedules.shifts(schedule, start, end)}).data)


def _range(request: Request) -> tuple[datetime, datetime]:
    query = RangeSerializer(data=request.query_params)
    query.is_valid(raise_exception=True)
    start = query.validated_data.get("from") or timezone.now()
    end = query.validated_data.get("to") or start + found_schedules.PUBLISHED
    if not timedelta(0) < end - start <= LONGEST:
        raise serializers.ValidationError({"to": ["It must come after `from`, by at most 400 days."]})
    return start, end


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = ScheduleSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _fields(given: dict[str, Any]) -> schedules.ScheduleFields:
    return schedules.ScheduleFields(
        name=given["name"],
        zone=given["time_zone"],
        handoff_weekday=DAYS.index(given["handoff_weekday"]),
        handoff_time=given["handoff_time"],
        member_ids=tuple(person(reference, "members").pk for reference in given["members"]),
    )


def _shown(schedule: Schedule) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": schedule.public_id, "team": schedule.team.slug, "name": schedule.name}
    version = found_schedules.current_version(schedule)
    if version is None:
        return shown
    return shown | {
        "time_zone": version.zone,
        "handoff_weekday": DAYS[version.handoff_weekday],
        "handoff_time": f"{version.handoff_time:%H:%M}",
        "members": [member.user.public_id for member in version.members.all()],
    }
