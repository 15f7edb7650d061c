"""What duty weighs, for programs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import PersonSerializer
from oncall.domain import duty_months
from oncall.models import Schedule
from oncall.selectors import duty, duty_reports
from oncall.selectors.duty_reports import PersonLoad
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, PermissionDenied

WANTED = [
    OpenApiParameter("team", str, description="Slug or id of a team that you manage; without one your own duty."),
    OpenApiParameter("month", str, description="A month such as 2026-03 on the team's clock; without one this month."),
]
ROTATION = OpenApiParameter("rotation", str, description="Id of one of the team's schedules, to look at it alone.")


@extend_schema_field(OpenApiTypes.INT)
class SecondsField(serializers.Field[timedelta, Any, int, Any]):
    """A length in whole seconds."""

    def to_representation(self, value: timedelta) -> int:
        return round(value.total_seconds())


class LoadSerializer(StrictSerializer):
    """One person's load. Hours that are held twice at once count once; lengths are in seconds."""

    seconds = SecondsField(source="hours")
    night_seconds = SecondsField(source="night")
    weekend_seconds = SecondsField(source="weekend")
    holiday_seconds = SecondsField(source="holiday")
    longest_seconds = SecondsField(source="longest")
    seconds_by_role = serializers.DictField(child=SecondsField(), source="by_role")
    shifts = serializers.IntegerField()
    pages = serializers.IntegerField()
    night_pages = serializers.IntegerField()
    interrupts = serializers.IntegerField()
    night_interrupts = serializers.IntegerField()
    short_rests = serializers.IntegerField()


class PersonLoadSerializer(StrictSerializer):
    """A person and their load."""

    user = PersonSerializer()
    load = LoadSerializer()


class BalanceSerializer(StrictSerializer):
    """How evenly one measure is shared: even, uneven, lopsided, or few where there is too little to compare."""

    measure = serializers.CharField()
    unit = serializers.CharField()
    mean = serializers.FloatField()
    verdict = serializers.CharField()
    words = serializers.CharField()


class RotationLoadSerializer(StrictSerializer):
    """One schedule."""

    schedule = serializers.CharField(source="schedule.public_id")
    name = serializers.CharField(source="schedule.name")
    people = PersonLoadSerializer(many=True)
    balances = BalanceSerializer(many=True)


class LoadReportSerializer(StrictSerializer):
    """The load of `[starts_at, ends_at)`, by person and by rotation, everybody by name."""

    starts_at = serializers.DateTimeField(source="start")
    ends_at = serializers.DateTimeField(source="end")
    people = PersonLoadSerializer(many=True)
    rotations = RotationLoadSerializer(many=True)


class LoadViewSet(ApiViewSet):
    """Hours, pages and interrupts of a month."""

    scope = "oncall"
    queryset = Schedule.objects.none()
    serializer_class = LoadReportSerializer
    pagination_class = None

    @extend_schema(parameters=[*WANTED, ROTATION], responses=LoadReportSerializer)
    def show(self, request: Request) -> Response:
        """A team's load for its managers; without a team that of the token's person."""
        team, user = wanted_of(request)
        zone = duty.zone_of(team.time_zone if team else user.time_zone if user else "UTC")
        month = duty_months.month_of(request.query_params.get("month", ""), now=timezone.now(), zone=zone)
        if month is None:
            raise Invalid(fields={"month": ["Give a month such as 2026-03, from 2000 to a year ahead."]})
        start, end = duty_months.span(month, zone)
        if team is not None:
            rotation = request.query_params.get("rotation", "")
            return Response(LoadReportSerializer(duty_reports.team_report(team, start, end, [], rotation)).data)
        own = person_of(user)
        found = [PersonLoad(own, duty_reports.own_load(own, start, end))]
        return Response(LoadReportSerializer({"start": start, "end": end, "people": found, "rotations": []}).data)


def wanted_of(request: Request) -> tuple[Team | None, User | None]:
    """The team that is asked about, which its manager may do, or the person who asks."""
    actor, reference = actor_of(request), request.query_params.get("team", "")
    user = people.users_by_id([actor.user_id]).get(actor.user_id) if actor.user_id else None
    if not reference:
        return None, person_of(user)
    team = people.team_by_reference(actor, reference)
    actor.require(Role.MANAGER, team.pk)
    return team, user


def person_of(user: User | None) -> User:
    """The person of the token; a service account has no duty."""
    if user is None:
        raise PermissionDenied("A service account has no duty of its own; say which team.")
    return user
