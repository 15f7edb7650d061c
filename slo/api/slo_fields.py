"""The fields of SLOs: what programs send, ask for and get."""

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.catalog.models import TIERS
from portal.lib.api.serializers import StrictSerializer
from slo.api.fields import CountField, RatioField
from slo.domain.drafts import LONGEST_REVIEW, LONGEST_WINDOW, MOST_EVENTS
from slo.domain.rules import HOW_TO, LONGEST_KEY
from slo.domain.statuses import SloState
from slo.domain.windows import length_text
from slo.models import Slo, SloStatus
from slo.models.objectives import CALENDAR_UNITS, CATEGORIES, METHODS, WINDOW_KINDS
from slo.selectors.slo_lists import FIRING
from slo.selectors.units import units_of

MOST_RULES = 20
STATES = [state.value for state in SloState]


class StatusSerializer(StrictSerializer):
    """Where an SLO stands, for the window that ends at `window_end`; counts are events, or minutes by the method."""

    state = serializers.ChoiceField(choices=STATES)
    window_end = serializers.DateTimeField()
    good = CountField()
    total = CountField()
    sli_ratio = RatioField(source="ratio", allow_null=True)
    remaining_ratio = RatioField(allow_null=True)
    coverage_ratio = RatioField(allow_null=True)
    burn = serializers.SerializerMethodField(help_text="Burn rates by window; null without events.")
    exhausts_at = serializers.DateTimeField(allow_null=True)
    firing = serializers.ListField(child=serializers.CharField())
    held = serializers.DictField(child=serializers.CharField())

    @extend_schema_field(serializers.DictField(child=serializers.FloatField(allow_null=True)))
    def get_burn(self, status: SloStatus) -> dict[str, float | None]:
        burns = {length_text(timedelta(seconds=int(seconds))): burn for seconds, burn in status.burns.items()}
        return {window: None if burn is None else float(burn) for window, burn in burns.items()}


class SloSerializer(StrictSerializer):
    """An SLO. `sli` is the id of an SLI of the service; instead of it a new one may name a registered `source`.

    `primary` makes a new one a further objective of that SLO.
    """

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    sli = serializers.CharField(source="sli.public_id", required=False)
    source = serializers.CharField(  # type: ignore[assignment]  # a field named as an attribute of Field
        write_only=True, required=False, help_text="Key of a registered source."
    )
    primary = serializers.CharField(source="primary.public_id", required=False, allow_null=True)
    name = serializers.CharField(max_length=100)
    description = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    objective = RatioField(help_text="A ratio such as 0.999.")
    category = serializers.ChoiceField(choices=CATEGORIES, required=False)
    threshold = RatioField(required=False, allow_null=True, help_text="ms, s or events a minute, by category.")
    method = serializers.ChoiceField(choices=METHODS, required=False)
    slice_target = RatioField(required=False, allow_null=True, help_text="With time slices only.")
    window_kind = serializers.ChoiceField(choices=WINDOW_KINDS, required=False)
    window_days = serializers.IntegerField(min_value=1, max_value=LONGEST_WINDOW, required=False)
    calendar_unit = serializers.ChoiceField(choices=CALENDAR_UNITS, required=False, allow_blank=True)
    zone = serializers.CharField(max_length=64, required=False)
    schedule = serializers.ListField(child=serializers.DictField(), max_length=50, required=False)
    excludes_maintenance = serializers.BooleanField(required=False)
    rules = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_KEY), required=False, max_length=MOST_RULES, help_text=HOW_TO
    )
    minimum_events = serializers.IntegerField(min_value=0, max_value=MOST_EVENTS, required=False)
    coverage_floor = RatioField(required=False)
    owner = serializers.CharField(
        source="owner.public_id", required=False, allow_null=True, help_text="A person of the team."
    )
    review_days = serializers.IntegerField(min_value=0, max_value=LONGEST_REVIEW, required=False)
    reviewed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    review_due_at = serializers.DateTimeField(read_only=True, allow_null=True)
    revision = serializers.IntegerField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    archived_at = serializers.DateTimeField(read_only=True, allow_null=True)
    status = serializers.SerializerMethodField()

    @extend_schema_field(StatusSerializer)
    def get_status(self, slo: Slo) -> Any:
        return StatusSerializer(slo.status, context={"scale": units_of(slo.stream).scale}).data


class SloQuerySerializer(serializers.Serializer[Slo]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in the name of the SLO or of its service.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    team = serializers.CharField(required=False, help_text="The slug of a team.")
    state = serializers.ChoiceField(choices=[*STATES, FIRING], required=False)
    tier = serializers.ChoiceField(choices=TIERS, required=False)
    category = serializers.ChoiceField(choices=CATEGORIES, required=False)
    owner = serializers.CharField(required=False, help_text="The id of a person, `me` or `none`.")
    review_due = serializers.BooleanField(required=False, help_text="Only those whose review is due.")
