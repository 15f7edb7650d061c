"""The burn-rate rules of each tier as an API resource, to read."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import RatioField, SecondsField
from slo.domain.rules import rules_of
from slo.models import TierRules
from slo.selectors import tiers


class TierRuleSerializer(StrictSerializer):
    """One rule, with the threshold that it has over 30 days."""

    key = serializers.CharField()
    severity = serializers.CharField()
    long_seconds = SecondsField(source="long")
    short_seconds = SecondsField(source="short")
    burn = RatioField(source="threshold")


class TierRulesSerializer(StrictSerializer):
    """What a new SLO of a service of this tier begins with."""

    tier = serializers.IntegerField()
    rules = serializers.SerializerMethodField()
    minimum_events = serializers.IntegerField()
    coverage_floor = RatioField()

    @extend_schema_field(TierRuleSerializer(many=True))
    def get_rules(self, found: TierRules) -> object:
        return TierRuleSerializer(rules_of(tuple(found.rules)), many=True).data


class TierRulesViewSet(ApiViewSet):
    """The rules of the four tiers."""

    scope = "slos"
    queryset = TierRules.objects.none()
    serializer_class = TierRulesSerializer
    pagination_class = None

    @extend_schema(responses=TierRulesSerializer(many=True))
    def list(self, request: Request) -> Response:
        """What new SLOs begin with, tier by tier."""
        return Response({"items": TierRulesSerializer(tiers.tier_rules(), many=True).data})
