"""Importing schedules of other systems through the API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import person
from oncall.domain.imports import systems
from oncall.models import Schedule
from oncall.services import schedule_imports
from oncall.services.import_writes import Line
from oncall.services.schedule_imports import Report
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class ScheduleImportSerializer(StrictSerializer):
    """Answers of the other system's API. With `dry_run` nothing is made; `wanted` narrows what is, by its keys."""

    system = serializers.ChoiceField(choices=sorted(systems.SYSTEMS))
    team = serializers.CharField(help_text="Slug or id of the team.")
    documents = serializers.ListField(child=serializers.JSONField(), max_length=500)
    people = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        required=False,
        help_text="Ids or mail addresses here, by the other system's ids; an empty one is nobody.",
    )
    wanted = serializers.ListField(child=serializers.CharField(), required=False, max_length=1000)
    dry_run = serializers.BooleanField(default=True)


class ImportedPersonSerializer(StrictSerializer):
    """Somebody in the export and who that is here."""

    key = serializers.CharField()
    name = serializers.CharField()
    email = serializers.CharField()
    user = serializers.CharField(allow_null=True)


class ImportedLineSerializer(StrictSerializer):
    """One schedule or policy: what does not map, how it compares, and its id once it is made."""

    key = serializers.CharField()
    name = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    definition = serializers.JSONField()
    compared = serializers.IntegerField(help_text="Stretches of the final schedule that it was compared with.")
    differences = serializers.IntegerField()
    known_id = serializers.CharField(allow_null=True, help_text="What an earlier import made, which this one updates.")
    meets = serializers.CharField(help_text="What becomes of that; empty where nothing of it is there.")
    id = serializers.CharField(allow_null=True)
    problem = serializers.CharField()


class ImportReportSerializer(StrictSerializer):
    """What was found and what became of it."""

    people = ImportedPersonSerializer(many=True)
    schedules = ImportedLineSerializer(many=True)
    policies = ImportedLineSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class ScheduleImportViewSet(ApiViewSet):
    """The importer."""

    scope = "oncall"
    queryset = Schedule.objects.none()
    serializer_class = ScheduleImportSerializer
    pagination_class = None

    @extend_schema(request=ScheduleImportSerializer, responses=ImportReportSerializer)
    def create(self, request: Request) -> Response:
        """Shows what would be made of an export, or makes it."""
        actor = actor_of(request)
        serializer = ScheduleImportSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told = serializer.validated_data
        team = people.team_by_reference(actor, told["team"])
        actor.require(Role.MANAGER, team.pk)
        chosen = {key: _key(reference) for key, reference in told.get("people", {}).items()}
        given: dict[str, Any] = {"system": told["system"], "documents": told["documents"], "team_id": team.pk}
        if told["dry_run"]:
            report = schedule_imports.preview(**given, chosen=chosen)
        else:
            report = schedule_imports.create(
                actor=actor, **given, chosen=chosen, wanted=told.get("wanted"), now=timezone.now()
            )
        return Response(ImportReportSerializer(_shown(report)).data)


def _key(reference: str) -> str:
    return str(person(reference, "people").pk) if reference else ""


def _shown(report: Report) -> dict[str, Any]:
    ids = User.objects.in_bulk([int(one.member.key) for one in report.matches if one.member])
    return {
        "people": [
            {
                "key": one.person.key,
                "name": one.person.name,
                "email": one.person.email,
                "user": ids[int(one.member.key)].public_id if one.member else None,
            }
            for one in report.matches
        ],
        "schedules": [_line(one) for one in report.schedules],
        "policies": [_line(one) for one in report.policies],
        "notes": report.notes,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "name": line.name,
        "notes": line.notes,
        "definition": line.definition,
        "compared": line.compared,
        "differences": line.differences,
        "known_id": line.known_id or None,
        "meets": line.meets,
        "id": line.made_id or None,
        "problem": line.problem,
    }
