"""The schedule calculator: answers for any definition with the code that pages, and saves nothing."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.domain import coverage, resolver
from oncall.domain.rotation import Rotation
from oncall.models import Schedule
from portal.lib import times
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet

LONGEST = timedelta(days=400)
MOST = 50
HOUR = timedelta(hours=1)


def is_zone(name: str) -> None:
    """Refuses what is no IANA zone."""
    try:
        times.zone(name)
    except ValueError as error:
        raise serializers.ValidationError(str(error)) from error


class LocalTimeField(serializers.DateTimeField):
    """A wall-clock time without a zone."""

    def enforce_timezone(self, value: Any) -> Any:
        return value.replace(tzinfo=None)


class PreviewRotationSerializer(StrictSerializer):
    """How turns follow each other, in local wall-clock time."""

    kind = serializers.ChoiceField(choices=["hourly", "daily", "weekly", "monthly"])
    interval = serializers.IntegerField(min_value=1, max_value=366, default=1)
    starts_at = LocalTimeField(help_text="The local start of the first turn, without a zone.")
    time_zone = serializers.CharField(required=False, validators=[is_zone])


class PreviewLayerSerializer(StrictSerializer):
    """One line of a schedule. `offset` 1 runs one turn ahead: a secondary that is primary next."""

    name = serializers.CharField(max_length=80, default="layer")
    level = serializers.IntegerField(min_value=0, max_value=100, default=0)
    role = serializers.CharField(max_length=20, default="primary")
    offset = serializers.IntegerField(min_value=0, max_value=100, default=0)
    rotation = PreviewRotationSerializer()
    participants = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=120), max_length=MOST), max_length=MOST
    )
    restrictions = serializers.ListField(max_length=0, required=False, help_text="Not offered yet.")
    effective_from = serializers.DateTimeField(required=False, allow_null=True, default=None)
    effective_until = serializers.DateTimeField(required=False, allow_null=True, default=None)


class PreviewOverrideSerializer(StrictSerializer):
    """Somebody else for a while."""

    role = serializers.CharField(max_length=20, default="primary")
    person = serializers.CharField(max_length=120)
    replaces = serializers.CharField(max_length=120, required=False, allow_blank=True, allow_null=True, default="")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class PreviewDefinitionSerializer(StrictSerializer):
    """A schedule and the range to resolve it for: `[from, to)`, at most 400 days."""

    time_zone = serializers.CharField(default="UTC", validators=[is_zone])
    layers = PreviewLayerSerializer(many=True)
    overrides = PreviewOverrideSerializer(many=True, required=False)
    swaps = serializers.ListField(max_length=0, required=False, help_text="Not offered yet.")

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.DateTimeField(), "to": serializers.DateTimeField()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        length = attrs["to"] - attrs["from"]
        if not timedelta(0) < length <= LONGEST:
            raise serializers.ValidationError({"to": ["It must come after `from`, by at most 400 days."]})
        if len(attrs["layers"]) > MOST or len(attrs.get("overrides", [])) > MOST * 10:
            raise serializers.ValidationError({"layers": ["At most 50 layers and 500 overrides."]})
        return attrs


class PreviewSegmentSerializer(StrictSerializer):
    """Who holds a role in `[starts_at, ends_at)`; nobody has the source `gap`."""

    starts_at = serializers.DateTimeField(source="start")
    ends_at = serializers.DateTimeField(source="end")
    role = serializers.CharField()
    people = serializers.ListField(child=serializers.CharField())
    source = serializers.CharField()  # type: ignore[assignment]  # a field called so, not the argument of DRF


class PreviewLoadSerializer(StrictSerializer):
    """What one person carries."""

    shifts = serializers.IntegerField()
    hours = serializers.FloatField()
    hours_by_role = serializers.DictField(child=serializers.FloatField())


class PreviewSerializer(StrictSerializer):
    """The answer."""

    segments = PreviewSegmentSerializer(many=True)
    gaps = PreviewSegmentSerializer(many=True)
    load = serializers.DictField(child=PreviewLoadSerializer())


class PreviewViewSet(ApiViewSet):
    """The calculator; any token may ask."""

    scope_exempt = True
    queryset = Schedule.objects.none()
    serializer_class = PreviewDefinitionSerializer
    pagination_class = None

    @extend_schema(request=PreviewDefinitionSerializer, responses=PreviewSerializer)
    def preview(self, request: Request) -> Response:
        """Who would be on call, the gaps and the load; names need not be users, and nothing is saved."""
        serializer = PreviewDefinitionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = serializer.validated_data
        layers = [_layer(one, said["time_zone"]) for one in said["layers"]]
        overrides = [_override(one) for one in said.get("overrides", [])]
        segments = resolver.resolve(layers, overrides, said["from"], said["to"])
        load = {one.person: _load(one) for one in coverage.load(segments)}
        answer = {"segments": segments, "gaps": coverage.gaps(segments), "load": load}
        return Response(PreviewSerializer(answer).data)


def _layer(said: dict[str, Any], zone: str) -> resolver.Layer:
    turns = said["rotation"]
    rotation = Rotation(turns["kind"], turns["interval"], turns["starts_at"], ZoneInfo(turns.get("time_zone", zone)))
    return resolver.Layer(
        name=said["name"],
        role=said["role"],
        rotation=rotation,
        participants=tuple(tuple(group) for group in said["participants"]),
        level=said["level"],
        offset=said["offset"],
        effective_from=said["effective_from"],
        effective_until=said["effective_until"],
    )


def _override(said: dict[str, Any]) -> resolver.Override:
    replaces = said["replaces"] or ""
    return resolver.Override(said["role"], said["person"], said["starts_at"], said["ends_at"], replaces)


def _load(one: coverage.Load) -> dict[str, Any]:
    by_role = {role: length / HOUR for role, length in one.by_role.items()}
    return {"shifts": one.shifts, "hours": one.total / HOUR, "hours_by_role": by_role}
