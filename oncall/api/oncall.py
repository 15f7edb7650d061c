"""Who is on call now, for people and programs."""

from datetime import timedelta

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import PersonSerializer
from oncall.models import Schedule
from oncall.selectors import schedules
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet

HORIZON = timedelta(weeks=2)


class OnCallSerializer(StrictSerializer):
    """One person in one role; `until` is where the shift ends, at most two weeks away."""

    schedule = serializers.CharField(source="schedule.public_id")
    team = serializers.CharField(source="schedule.team.slug")
    role = serializers.CharField()
    user = PersonSerializer()
    until = serializers.DateTimeField()


class OnCallNowSerializer(StrictSerializer):
    """Everybody who is on call."""

    items = OnCallSerializer(many=True)


class OnCallQuerySerializer(serializers.Serializer[Schedule]):
    """Whose on-call to show; without any, all that the caller may see."""

    team = serializers.CharField(required=False, help_text="The slug or id of a team.")
    service = serializers.CharField(required=False, help_text="The slug of a service: its team's on-call.")
    schedule = serializers.CharField(required=False, help_text="The id of a schedule.")


class OnCallViewSet(ApiViewSet):
    """Who is on call now."""

    scope = "oncall"
    queryset = Schedule.objects.none()
    serializer_class = OnCallNowSerializer
    pagination_class = None

    @extend_schema(parameters=[OnCallQuerySerializer], responses=OnCallNowSerializer)
    def now(self, request: Request) -> Response:
        """Who holds which role now, by team, service or schedule."""
        actor = actor_of(request)
        query = OnCallQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found = schedules.schedules(actor)
        if "team" in asked:
            found = found.filter(team=people.team_by_reference(actor, asked["team"]))
        if "service" in asked:
            found = found.filter(team_id=catalog.get_service(actor, asked["service"]).team_id)
        if "schedule" in asked:
            found = found.filter(public_id=asked["schedule"])
        items = schedules.on_call_of(found, now=timezone.now(), horizon=HORIZON)
        return Response(OnCallNowSerializer({"items": items}).data)
