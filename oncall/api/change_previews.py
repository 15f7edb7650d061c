"""What a change of a schedule would do, before it is saved."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import PersonSerializer
from oncall.api.schedules import DefinitionField, stored
from oncall.domain import definitions
from oncall.models import Schedule
from oncall.selectors import change_previews
from oncall.selectors import schedules as found_schedules
from oncall.selectors.change_previews import ChangePreview
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid

HOUR = timedelta(hours=1)


class ChangeSerializer(StrictSerializer):
    """A definition that may be saved, from now or `effective_from` on."""

    definition = DefinitionField()
    effective_from = serializers.DateTimeField(required=False, allow_null=True)


class MoveSerializer(StrictSerializer):
    """In `[starts_at, ends_at)` others hold the role."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    role = serializers.CharField()
    before = PersonSerializer(many=True)
    after = PersonSerializer(many=True)


class BurdenSerializer(StrictSerializer):
    """What one person carries in these weeks; `rest_hours` is the shortest rest between two shifts."""

    person = PersonSerializer()
    is_affected = serializers.BooleanField()
    hours_before = serializers.FloatField()
    hours_after = serializers.FloatField()
    rest_hours = serializers.FloatField(allow_null=True)
    nights = serializers.IntegerField()
    nights_in_a_row = serializers.IntegerField()


class NewGapSerializer(StrictSerializer):
    """Nobody holds the role in `[starts_at, ends_at)`."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    role = serializers.CharField()


class WarningSerializer(StrictSerializer):
    """What is unwise: gap, too-few, rest, nights or double; about one person where there is one."""

    kind = serializers.CharField()
    person = PersonSerializer(allow_null=True)
    text = serializers.CharField()


class ChangePreviewSerializer(StrictSerializer):
    """What changes in `[from, to)`."""

    moves = MoveSerializer(many=True)
    new_gaps = NewGapSerializer(many=True)
    people = BurdenSerializer(many=True)
    warnings = WarningSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.DateTimeField(), "to": serializers.DateTimeField()}


class ChangePreviewViewSet(ApiViewSet):
    """The rehearsal of a change."""

    scope = "oncall"
    write_scope = "oncall:read"
    queryset = Schedule.objects.none()
    serializer_class = ChangeSerializer
    pagination_class = None

    @extend_schema(operation_id="schedules_change_preview", request=ChangeSerializer, responses=ChangePreviewSerializer)
    def preview(self, request: Request, id: str) -> Response:
        """Whose shifts move, new gaps, load, rest and warnings; nothing is saved."""
        schedule = found_schedules.get_schedule(actor_of(request), id)
        serializer = ChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        if problems := definitions.problems(given["definition"]):
            raise Invalid(fields={f"definition.{path}": messages for path, messages in problems.items()})
        now = timezone.now()
        at = max(given.get("effective_from") or now, now)
        found = change_previews.preview(schedule, stored(given["definition"]), at)
        return Response(ChangePreviewSerializer(_shown(found)).data)


def _shown(found: ChangePreview) -> dict[str, Any]:
    keys = {one.person for one in found.burdens} | {key for one in found.moves for key in (*one.before, *one.after)}
    users = people.users_by_id(int(key) for key in keys)
    affected = set(found.affected)

    def crew(held: tuple[str, ...]) -> list[User]:
        return [users[int(key)] for key in held]

    return {
        "from": found.start,
        "to": found.end,
        "moves": [_span(one) | {"before": crew(one.before), "after": crew(one.after)} for one in found.moves],
        "new_gaps": [_span(one) for one in found.new_gaps],
        "people": [
            {
                "person": users[int(one.person)],
                "is_affected": one.person in affected,
                "hours_before": one.before / HOUR,
                "hours_after": one.after / HOUR,
                "rest_hours": None if one.rest is None else one.rest / HOUR,
                "nights": one.nights,
                "nights_in_a_row": one.nights_in_a_row,
            }
            for one in found.burdens
        ],
        "warnings": [
            {"kind": kind, "person": users.get(int(key)) if key else None, "text": text}
            for kind, key, text in found.warnings
        ],
    }


def _span(one: Any) -> dict[str, Any]:
    return {"starts_at": one.start, "ends_at": one.end, "role": one.role}
