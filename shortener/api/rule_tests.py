"""/api/v1/links/{id}/test/"""

from datetime import UTC
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.models import Link
from shortener.selectors import finding, rule_tests
from shortener.selectors.rule_tests import Outcome, Trial
from shortener.services import visitors


class RuleTestIn(serializers.Serializer[Any]):
    """An imagined request; what is left out was not sent, and the time is now."""

    user_agent = serializers.CharField(required=False, allow_blank=True, default="", max_length=1024)
    accept_language = serializers.CharField(required=False, allow_blank=True, default="", max_length=1024)
    address = serializers.IPAddressField(required=False, allow_blank=True, default="")
    country = serializers.RegexField("^[A-Za-z]{2}$", required=False, allow_blank=True, default="")
    query = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000, trim_whitespace=False)
    path = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)
    at = serializers.DateTimeField(required=False, default_timezone=UTC)


class VisitorOut(serializers.Serializer[Any]):
    """What the request says of its visitor, in the words that rules and statistics use."""

    is_bot = serializers.BooleanField(source="client.is_bot")
    device = serializers.CharField(source="client.device")
    os = serializers.CharField(source="client.os")
    browser = serializers.CharField(source="client.browser")
    languages = serializers.ListField(child=serializers.CharField(), help_text="Those that are liked best.")
    country = serializers.CharField()


class FindingOut(serializers.Serializer[Any]):
    """One condition of a rule, held against the request."""

    type = serializers.CharField(source="kind")
    wanted = serializers.CharField()
    saw = serializers.CharField()
    holds = serializers.BooleanField()


class TraceOut(serializers.Serializer[Any]):
    """One rule: whether all of its conditions hold, and whether it decides."""

    id = serializers.IntegerField(source="rule.id")
    name = serializers.CharField(source="rule.name")
    holds = serializers.BooleanField()
    decides = serializers.BooleanField()
    conditions = FindingOut(many=True, source="findings")


class AnswerOut(serializers.Serializer[Any]):
    """What the request is answered with. Locations of the portal's own pages begin with a slash."""

    kind = serializers.CharField()
    status = serializers.IntegerField()
    location = serializers.CharField(allow_null=True)
    cache_control = serializers.CharField()


class RuleTestOut(serializers.Serializer[Any]):
    """`answer` is what is sent; `target` where the visitor ends up once password and preview are passed."""

    rule = serializers.IntegerField(allow_null=True, source="choice.rule.id", default=None)
    variant = serializers.SerializerMethodField()
    target = serializers.CharField(allow_null=True, source="destination.location")
    answer = AnswerOut()
    visitor = VisitorOut()
    rules = TraceOut(many=True, source="traces")

    def get_variant(self, outcome: Outcome) -> int | None:
        """From 1, of a rule that splits its visitors."""
        return (outcome.choice.variant or None) if outcome.choice else None


class RuleTestViewSet(ApiViewSet):
    """Trying the rules of a link; nothing is stored or counted, so reading is enough."""

    scope = "links"
    write_scope = "links:read"
    queryset = Link.objects.none()
    serializer_class = RuleTestOut

    @extend_schema(request=RuleTestIn, responses=RuleTestOut)
    def test(self, request: Request, id: str) -> Response:
        """Which rule a request would hit and why, and what it would be answered with."""
        link = finding.get_link(actor_of(request), id)
        serializer = RuleTestIn(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        visitor = visitors.visitor_of(
            user_agent=asked["user_agent"],
            address=asked["address"],
            accept_language=asked["accept_language"],
            country=asked["country"].upper(),
        )
        trial = Trial(
            visitor=visitor,
            at=asked.get("at") or timezone.now(),
            query=asked["query"].removeprefix("?"),
            path=asked["path"],
        )
        return Response(RuleTestOut(rule_tests.outcome(link, trial)).data)
