"""Calendars elsewhere that are layers of schedules, as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import person
from oncall.models import CalendarSource
from oncall.models.schedules import ROLE_CHOICES
from oncall.selectors import calendar_sources as found_sources
from oncall.selectors import schedules
from oncall.services import calendar_sources
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class CalendarSourceSerializer(StrictSerializer):
    """A calendar that is fetched from `url`, or given as `ics` once. The address is told to nobody again."""

    id = serializers.CharField(source="public_id", read_only=True)
    name = serializers.CharField(max_length=80)
    url = serializers.CharField(max_length=2000, required=False, write_only=True)
    ics = serializers.CharField(max_length=2_000_000, required=False, write_only=True, trim_whitespace=False)
    role = serializers.ChoiceField(choices=ROLE_CHOICES, default="primary")
    level = serializers.IntegerField(min_value=0, max_value=1000, default=0)
    unknown = serializers.ListField(child=serializers.CharField(), read_only=True)
    fetched_at = serializers.DateTimeField(read_only=True, allow_null=True)
    problem = serializers.CharField(read_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("url")) == bool(attrs.get("ics")):
            raise serializers.ValidationError({"url": ["Give `url` or `ics`, one of the two."]})
        return attrs


class CalendarPeopleSerializer(StrictSerializer):
    """Who is meant by names and mails of the calendar."""

    people = serializers.DictField(child=serializers.CharField(), help_text="Ids or mail addresses here, by text.")


class CalendarSourceViewSet(ApiViewSet):
    """The calendars of one schedule."""

    scope = "oncall"
    queryset = CalendarSource.objects.none()
    serializer_class = CalendarSourceSerializer

    def list(self, request: Request, id: str) -> Response:
        """Calendars, the newest first."""
        schedule = schedules.get_schedule(actor_of(request), id)
        page = self.paginate_queryset(found_sources.sources_of(schedule))
        return self.get_paginated_response(CalendarSourceSerializer(page, many=True).data)

    def create(self, request: Request, id: str) -> Response:
        """Makes a calendar a layer; its address is fetched within a minute, its file is read at once."""
        actor = actor_of(request)
        schedule = schedules.get_schedule(actor, id)
        actor.require(Role.MANAGER, schedule.team_id)
        serializer = CalendarSourceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told = dict(serializer.validated_data)
        ics, url = told.pop("ics", None), told.pop("url", "")
        content = ics.encode() if ics else None
        source = calendar_sources.add_source(
            actor=actor, schedule=schedule, url=url, content=content, **told, now=timezone.now()
        )
        return Response(CalendarSourceSerializer(source).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One calendar, whom it names that nobody knows, and what is wrong with it."""
        return Response(CalendarSourceSerializer(found_sources.get_source(actor_of(request), id)).data)

    @extend_schema(request=CalendarPeopleSerializer, responses=CalendarSourceSerializer)
    def partial_update(self, request: Request, id: str) -> Response:
        """Says who is meant; it counts with the next reading."""
        actor, source = self._managed(request, id)
        serializer = CalendarPeopleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data["people"]
        people = {text: str(person(reference, "people").pk) for text, reference in given.items()}
        calendar_sources.set_people(actor=actor, source=source, people=people, now=timezone.now())
        return Response(CalendarSourceSerializer(source).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Takes the calendar out of the schedule."""
        actor, source = self._managed(request, id)
        calendar_sources.delete_source(actor=actor, source=source, now=timezone.now())
        return Response(status=204)

    def _managed(self, request: Request, id: str) -> tuple[Actor, CalendarSource]:
        actor = actor_of(request)
        source = found_sources.get_source(actor, id)
        actor.require(Role.MANAGER, source.schedule.team_id)
        return actor, source
