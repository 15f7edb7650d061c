"""The schedule calculator: answers for any definition with the code that pages, and saves nothing."""

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.definitions import DefinitionSerializer
from oncall.domain import previews
from oncall.domain.coverage import Load
from oncall.domain.resolver import Segment
from oncall.models import Schedule
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid

HOUR = timedelta(hours=1)


class PreviewOverrideSerializer(StrictSerializer):
    """Somebody else for a while: instead of `replaces`, or of everybody in the role."""

    role = serializers.CharField(max_length=40, default="primary")
    person = serializers.CharField(max_length=255)
    replaces = serializers.CharField(max_length=255, required=False, allow_blank=True, allow_null=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class PreviewSwapSerializer(StrictSerializer):
    """`taker` holds what `person` would hold; `beneficiary` and `benefactor` are understood as the same two."""

    person = serializers.CharField(max_length=255, required=False)
    taker = serializers.CharField(max_length=255, required=False)
    beneficiary = serializers.CharField(max_length=255, required=False)
    benefactor = serializers.CharField(max_length=255, required=False)
    role = serializers.CharField(max_length=40, required=False, allow_blank=True, allow_null=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class PreviewQuestionSerializer(DefinitionSerializer):
    """A schedule and the range to resolve it for: `[from, to)`, at most 400 days. People are any names."""

    overrides = PreviewOverrideSerializer(many=True, required=False, allow_null=True)
    swaps = PreviewSwapSerializer(many=True, required=False, allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.DateTimeField(), "to": serializers.DateTimeField()}


class PreviewSegmentSerializer(StrictSerializer):
    """Who holds a role in `[starts_at, ends_at)`; nobody has the source `gap`."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    role = serializers.CharField()
    people = serializers.ListField(child=serializers.CharField())
    source = serializers.CharField()  # type: ignore[assignment]  # a field called so, not the argument of DRF


class PreviewLoadSerializer(StrictSerializer):
    """What one person carries, on the wall clock of the schedule's `time_zone`."""

    shifts = serializers.IntegerField(help_text="Segments with this person in them.")
    hours = serializers.FloatField(help_text="In all roles together.")
    hours_by_role = serializers.DictField(child=serializers.FloatField())
    nights = serializers.IntegerField(help_text="Nights with some duty between 23:00 and 06:00; not as a shadow.")
    weekends = serializers.IntegerField(help_text="Weekends with some duty on Saturday or Sunday; not as a shadow.")
    night_hours = serializers.FloatField(help_text="Between 22:00 and 07:00; not as a shadow.")
    weekend_hours = serializers.FloatField(help_text="On Saturdays and Sundays; not as a shadow.")


class PreviewSerializer(StrictSerializer):
    """The answer."""

    segments = PreviewSegmentSerializer(many=True)
    gaps = PreviewSegmentSerializer(many=True)
    load = serializers.DictField(child=PreviewLoadSerializer())


class PreviewViewSet(ApiViewSet):
    """The calculator; any token may ask."""

    scope_exempt = True
    queryset = Schedule.objects.none()
    serializer_class = PreviewQuestionSerializer
    pagination_class = None

    @extend_schema(request=PreviewQuestionSerializer, responses=PreviewSerializer)
    def preview(self, request: Request) -> Response:
        """Who would be on call, the gaps and the load; names need not be users, and nothing is saved."""
        question, problems = previews.read(request.data)
        if question is None:
            raise Invalid(fields=problems)
        found = previews.answer(question)
        load = {one.person: shown_load(one) for one in found.load}
        segments, gaps = ([shown(one) for one in some] for some in (found.segments, found.gaps))
        return Response({"segments": segments, "gaps": gaps, "load": load})


def shown(one: Segment) -> dict[str, Any]:
    """One shift; by hand, since a year of hourly turns has tens of thousands."""
    return {
        "starts_at": one.start,
        "ends_at": one.end,
        "role": one.role,
        "people": list(one.people),
        "source": one.source,
    }


def shown_load(one: Load) -> dict[str, Any]:
    """The load of one person in hours."""
    by_role = {role: length / HOUR for role, length in one.by_role.items()}
    counts = {"shifts": one.shifts, "nights": one.nights, "weekends": one.weekends}
    hours = {"hours": one.total / HOUR, "night_hours": one.night / HOUR, "weekend_hours": one.weekend / HOUR}
    return counts | hours | {"hours_by_role": by_role}
