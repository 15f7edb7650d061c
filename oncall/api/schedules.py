"""Schedules as an API resource: their definition, its versions, and what a change would do."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.definitions import DefinitionSerializer
from oncall.api.people import person, person_key
from oncall.domain import definition_people, rotation, templates, wallclock
from oncall.models import Schedule, ScheduleVersion
from oncall.models.schedules import WEEKDAYS
from oncall.selectors import schedules as found_schedules
from oncall.services import schedules
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib import times
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid

DAYS = [name.lower() for _, name in WEEKDAYS]
CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
WEEKLY = ("time_zone", "handoff_weekday", "handoff_time", "members")


@extend_schema_field({"type": "string", "pattern": CLOCK, "example": "09:00"})
class ClockField(serializers.TimeField):
    """A time of day in hours and minutes, as HH:MM and in no other form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or re.fullmatch(CLOCK, value) is None:
            self.fail("invalid", format="HH:MM")
        return super().to_internal_value(value)


def is_zone(name: str) -> None:
    """Refuses what is no IANA zone."""
    try:
        times.zone(name)
    except ValueError as error:
        raise serializers.ValidationError(str(error)) from error


@extend_schema_field(DefinitionSerializer)
class DefinitionField(serializers.JSONField):
    """A definition, which the domain judges; people are ids or mail addresses."""


class ScheduleSerializer(StrictSerializer):
    """A schedule of any `definition`, or a weekly rotation: the first of `members` is primary in the week that runs.

    `members` and the handoff are shown for a weekly rotation alone.
    """

    id = serializers.CharField(read_only=True)
    team = serializers.CharField(help_text="Slug or id of the team.")
    name = serializers.CharField(max_length=80)
    definition = DefinitionField(required=False)
    effective_from = serializers.DateTimeField(required=False, help_text="When a changed definition begins to count.")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)
    time_zone = serializers.CharField(max_length=64, required=False, validators=[is_zone])
    handoff_weekday = serializers.ChoiceField(choices=DAYS, required=False)
    handoff_time = ClockField(required=False)
    members = serializers.ListField(
        child=serializers.CharField(),
        min_length=1,
        max_length=50,
        required=False,
        help_text="Ids or mail addresses, in order.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "definition" in attrs:
            if mixed := [name for name in WEEKLY if name in attrs]:
                raise serializers.ValidationError({mixed[0]: ["Give a definition or a weekly rotation, not both."]})
        elif not self.partial and (missing := [name for name in WEEKLY if name not in attrs]):
            raise serializers.ValidationError({name: ["This field is required."] for name in missing})
        return attrs


class VersionSerializer(StrictSerializer):
    """What a schedule says in `[effective_from, effective_until)`."""

    definition = DefinitionField()
    note = serializers.CharField()
    effective_from = serializers.DateTimeField()
    effective_until = serializers.DateTimeField(allow_null=True)
    created_by = serializers.CharField(allow_null=True)


class ScheduleVersionsSerializer(StrictSerializer):
    """Every version that ever counted or is planned, the newest first."""

    items = VersionSerializer(many=True)


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
        """Publishes a schedule that counts from now on."""
        actor, now = actor_of(request), timezone.now()
        given = _valid(request)
        team = people.team_by_reference(actor, given["team"])
        actor.require(Role.MANAGER, team.pk)
        if "definition" in given:
            definition = stored(given["definition"])
            told = {"name": given["name"], "definition": definition, "note": given.get("note", "")}
            made = schedules.publish(actor=actor, team_id=team.pk, now=now, **told)
        else:
            made = schedules.create_schedule(actor=actor, team_id=team.pk, fields=_fields(given), now=now)
        return self._one(actor, made, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One schedule as it counts now."""
        actor = actor_of(request)
        return self._one(actor, found_schedules.get_schedule(actor, id))

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes it from now or `effective_from` on; who was on call before stays as it was."""
        actor, now = actor_of(request), timezone.now()
        schedule = found_schedules.get_schedule(actor, id)
        actor.require(Role.MANAGER, schedule.team_id)
        given = _valid(request, partial=True)
        schedules.change(
            actor=actor,
            schedule=schedule,
            name=given.get("name"),
            definition=_changed(schedule, given, now),
            note=given.get("note", ""),
            effective_from=given.get("effective_from"),
            expected_version=expected_version(request),
            now=now,
        )
        return self._one(actor, schedule)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Archives it: it puts nobody on call any more, and what was recorded stays."""
        actor = actor_of(request)
        schedule = found_schedules.get_schedule(actor, id)
        actor.require(Role.MANAGER, schedule.team_id)
        schedules.archive(actor=actor, schedule=schedule, now=timezone.now())
        return Response(status=204)

    @extend_schema(responses=ScheduleVersionsSerializer)
    def versions(self, request: Request, id: str) -> Response:
        """The history of its definition, and what is planned."""
        schedule = found_schedules.get_schedule(actor_of(request), id)
        rows = schedule.versions.select_related("created_by").order_by("-effective_from", "-pk")
        return Response(ScheduleVersionsSerializer({"items": [_version(row) for row in rows]}).data)

    def _one(self, actor: Actor, schedule: Schedule, status: int = 200) -> Response:
        fresh = found_schedules.get_schedule(actor, schedule.public_id)
        return self.one(fresh, _shown(fresh), status=status)


def stored(definition: Any) -> Any:
    """The definition as it is kept, with users by their numbers; an unknown person is named by the path."""
    problems: dict[str, list[str]] = {}

    def key_of(path: str, reference: str) -> str:
        key = person_key(reference)
        if key is None:
            problems[f"definition.{path}"] = [f"There is no person {reference}."]
        return key or reference

    found = definition_people.renamed(definition, key_of)
    if problems:
        raise Invalid(fields=problems)
    return found


def told(definition: Any) -> Any:
    """The definition as the API tells it, with people by their ids."""
    keys = {int(key) for _, key in definition_people.named(definition) if key.isdecimal()}
    known = {str(pk): public_id for pk, public_id in User.objects.filter(pk__in=keys).values_list("pk", "public_id")}
    return definition_people.renamed(definition, lambda _path, key: known.get(key, key))


def _changed(schedule: Schedule, given: dict[str, Any], now: datetime) -> Any:
    """The definition that the call asks for; what it does not name stays."""
    if "definition" in given:
        return stored(given["definition"])
    version = found_schedules.current_version(schedule, now) or found_schedules.current_version(schedule)
    if version is not None and not any(name in given for name in WEEKLY):
        return version.definition
    shown = {**_shown(schedule), **given}
    if missing := [name for name in WEEKLY if name not in shown]:
        raise Invalid(fields={name: ["This schedule is no weekly rotation; say all of it."] for name in missing})
    weekly = templates.weekly_of(version.definition) if version else None
    if "handoff_time" not in given and weekly:
        shown["handoff_time"] = weekly[1].time()
    fields = _fields(shown)
    local = wallclock.local_time(now, ZoneInfo(fields.zone))
    first = rotation.last_handoff(local, fields.handoff_weekday, fields.handoff_time)
    ordered = [str(user_id) for user_id in dict.fromkeys(fields.member_ids)]
    return templates.weekly(fields.zone, datetime.combine(first, fields.handoff_time), ordered)


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
    version = found_schedules.current_version(schedule, timezone.now()) or found_schedules.current_version(schedule)
    if version is None:
        return shown
    users = {str(member.user_id): member.user.public_id for member in version.members.all()}
    shown["definition"] = definition_people.renamed(version.definition, lambda _path, key: users.get(key, key))
    shown["time_zone"] = version.zone
    if weekly := templates.weekly_of(version.definition):
        _, first, members = weekly
        shown |= {"handoff_weekday": DAYS[first.weekday()], "handoff_time": f"{first:%H:%M}"}
        shown["members"] = [users.get(key, key) for key in members]
    return shown


def _version(row: ScheduleVersion) -> dict[str, Any]:
    return {
        "definition": told(row.definition),
        "note": row.note,
        "effective_from": row.effective_from,
        "effective_until": row.effective_until,
        "created_by": row.created_by.public_id if row.created_by else None,
    }
