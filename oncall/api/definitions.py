"""The definition of a schedule as the API describes it; it is read and judged by `domain/definitions.py` alone."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oncall.domain.restrictions import WEEKDAYS
from oncall.domain.rotation import KINDS
from portal.lib.api.serializers import StrictSerializer

LOCAL = "The local time on the wall, without an offset."


@extend_schema_field({"type": "string", "example": "2026-03-23T09:00"})
class LocalTimeField(serializers.CharField):
    """A wall-clock time without a zone."""


@extend_schema_field({"type": "string", "example": "09:00"})
class ClockTimeField(serializers.CharField):
    """A time of day as HH:MM."""


class HandoffSerializer(StrictSerializer):
    """When a custom rotation hands over in each week."""

    weekday = serializers.ChoiceField(choices=WEEKDAYS)
    at = ClockTimeField()


class RotationSerializer(StrictSerializer):
    """How turns follow each other, in local wall-clock time. A custom one hands over at each of `handoffs`."""

    kind = serializers.ChoiceField(choices=KINDS)
    interval = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    starts_at = LocalTimeField(help_text=f"Where turn 0 begins; turns before it count backwards. {LOCAL}")
    time_zone = serializers.CharField(required=False, help_text="That of the schedule where it is missing.")
    handoffs = HandoffSerializer(many=True, required=False, help_text="For the kind custom.")


class RestrictionSerializer(StrictSerializer):
    """Hours of a week. `to` at or before `from` lies in the next day; the same time means 24 hours."""

    weekdays = serializers.ListField(
        child=serializers.ChoiceField(choices=WEEKDAYS), required=False, help_text="Where a window begins."
    )

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": ClockTimeField(), "to": ClockTimeField()}


class IntendedGapSerializer(StrictSerializer):
    """Hours in which nobody need be on call: `weekdays`, `from` and `to`, or `starts_at` and `ends_at`."""

    role = serializers.CharField(required=False, help_text="Every role where it is missing.")
    weekdays = serializers.ListField(child=serializers.ChoiceField(choices=WEEKDAYS), required=False)
    time_zone = serializers.CharField(required=False)
    starts_at = serializers.DateTimeField(required=False)
    ends_at = serializers.DateTimeField(required=False)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": ClockTimeField(required=False), "to": ClockTimeField(required=False)}


class LayerSerializer(StrictSerializer):
    """One line of a schedule; `offset` 1 runs one turn ahead: a secondary that is primary next."""

    name = serializers.CharField(max_length=200, default="layer")
    level = serializers.IntegerField(min_value=-1000, max_value=1000, default=0)
    role = serializers.CharField(max_length=40, default="primary")
    offset = serializers.IntegerField(min_value=-1000, max_value=1000, default=0)
    rotation = RotationSerializer()
    participants = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=255)),
        help_text="Groups that take turns; everybody of a group is on call at once, an empty group is nobody.",
    )
    restrictions = RestrictionSerializer(many=True, required=False, allow_null=True)
    effective_from = serializers.DateTimeField(required=False, allow_null=True)
    effective_until = serializers.DateTimeField(required=False, allow_null=True)


class ShiftSpanSerializer(StrictSerializer):
    """A fixed shift."""

    role = serializers.CharField(max_length=40, default="primary")
    people = serializers.ListField(child=serializers.CharField(max_length=255))
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class FixedSpanSerializer(ShiftSpanSerializer):
    """A fixed shift beside the layers, as an imported calendar has it."""

    name = serializers.CharField(max_length=200, default="fixed")
    level = serializers.IntegerField(min_value=-1000, max_value=1000, default=0)


class TemporarySerializer(StrictSerializer):
    """Fixed shifts that take the place of all layers in `[starts_at, ends_at)`."""

    name = serializers.CharField(max_length=200, default="temporary")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    shifts = FixedSpanSerializer(many=True)


class DefinitionSerializer(StrictSerializer):
    """Layers and what stands beside them. Instants without an offset are UTC."""

    time_zone = serializers.CharField(required=False, default="UTC")
    layers = LayerSerializer(many=True)
    spans = FixedSpanSerializer(many=True, required=False, allow_null=True)
    temporary = TemporarySerializer(many=True, required=False, allow_null=True)
    intended_gaps = IntendedGapSerializer(many=True, required=False, allow_null=True)
