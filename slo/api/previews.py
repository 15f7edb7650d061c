"""The calculator as an API: an objective and counts in, budget, burn and rules out. Nothing is saved."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.api.fields import RatioField
from slo.domain.previews import Answer, Method, Question, RuleAnswer, RuleQuestion, Slice, preview
from slo.domain.rules import DEFAULT_KEYS, MINUTE, rules_of
from slo.models import Slo

MOST_SLICES = 50_000
MOST_EVENTS = 10**15
MOST_MINUTES = 527_040
MOST_PLACES = 12


class SliceSerializer(StrictSerializer):
    """Events of some minutes."""

    good = serializers.IntegerField(min_value=0, max_value=MOST_EVENTS)
    valid = serializers.IntegerField(min_value=0, max_value=MOST_EVENTS)
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES, default=1)
    measured = serializers.BooleanField(default=True)

    def validate(self, attrs: Any) -> Any:
        if attrs["good"] > attrs["valid"]:
            raise serializers.ValidationError({"good": ["There cannot be more good events than valid ones."]})
        return attrs


class RuleQuestionSerializer(StrictSerializer):
    """A rule to try."""

    long_minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES)
    short_minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES)
    burn = RatioField(min_value=0, max_value=10**6)


class QuestionSerializer(StrictSerializer):
    """What is asked. `slices` stand oldest first; without `rules` the default ones are tried."""

    objective = RatioField(help_text="A ratio between 0 and 1.")
    method = serializers.ChoiceField(choices=[method.value for method in Method], default=Method.OCCURRENCES.value)
    slice_target = RatioField(default=0.95, min_value=0, max_value=1)
    window_days = serializers.IntegerField(min_value=1, max_value=366, default=30)
    slices = serializers.ListField(child=SliceSerializer(), required=False, max_length=MOST_SLICES)
    rules = serializers.ListField(child=RuleQuestionSerializer(), required=False, max_length=20)

    def validate_objective(self, value: Decimal) -> Decimal:
        if not 0 < value < 1:
            raise serializers.ValidationError("An objective lies between 0 and 1.")
        if value != round(value, MOST_PLACES):
            raise serializers.ValidationError(f"Give at most {MOST_PLACES} decimal places.")
        return value


class BudgetSerializer(StrictSerializer):
    """The budget of the slices, in events or slices as the method counts."""

    consumed_ratio = RatioField(allow_null=True)
    remaining_ratio = RatioField(allow_null=True)
    allowed_bad = RatioField(allow_null=True)
    bad = RatioField(allow_null=True)


class RuleAnswerSerializer(StrictSerializer):
    """What would become of a rule."""

    can_fire = serializers.BooleanField()
    firing = serializers.BooleanField()
    detection_seconds_at_full_outage = RatioField(allow_null=True)
    reset_seconds_at_full_outage = RatioField(allow_null=True)


class AnswerSerializer(StrictSerializer):
    """The numbers; null where there are no valid events."""

    sli_ratio = RatioField(allow_null=True)
    budget = BudgetSerializer()
    coverage_ratio = RatioField(allow_null=True)
    burn_ratio = RatioField(allow_null=True)
    exhaustion_seconds = RatioField(allow_null=True)
    rules = RuleAnswerSerializer(many=True)


class PreviewViewSet(ApiViewSet):
    """Answers without saving anything; any token may ask."""

    scope_exempt = True
    queryset = Slo.objects.none()
    serializer_class = QuestionSerializer
    pagination_class = None

    @extend_schema(request=QuestionSerializer, responses={200: AnswerSerializer})
    def create(self, request: Request) -> Response:
        """Budget, burn and rules for an objective and counts."""
        serializer = QuestionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(AnswerSerializer(_shown(preview(_question(serializer.validated_data)))).data)


def _question(data: dict[str, Any]) -> Question:
    rules = (
        [RuleQuestion(**rule) for rule in data.get("rules", [])]
        if "rules" in data
        else _default_rules(data["window_days"])
    )
    short_first = [number for number, rule in enumerate(rules) if rule.short_minutes > rule.long_minutes]
    if short_first:
        raise Invalid(fields={f"rules.{n}.short_minutes": ["It is longer than the long one."] for n in short_first})
    return Question(
        objective=data["objective"],
        method=Method(data["method"]),
        slice_target=Decimal(str(data["slice_target"])),
        window_days=data["window_days"],
        slices=[Slice(**piece) for piece in data.get("slices", [])],
        rules=rules,
    )


def _default_rules(window_days: int) -> list[RuleQuestion]:
    rules = rules_of(DEFAULT_KEYS, timedelta(days=window_days))
    return [RuleQuestion(rule.long // MINUTE, rule.short // MINUTE, rule.threshold) for rule in rules]


def _shown(answer: Answer) -> dict[str, Any]:
    return {
        "sli_ratio": answer.sli_ratio,
        "budget": {
            "consumed_ratio": answer.consumed_ratio,
            "remaining_ratio": answer.remaining_ratio,
            "allowed_bad": answer.allowed_bad,
            "bad": answer.bad,
        },
        "coverage_ratio": answer.coverage_ratio,
        "burn_ratio": answer.burn,
        "exhaustion_seconds": _seconds(answer.exhaustion),
        "rules": [_rule_shown(rule) for rule in answer.rules],
    }


def _rule_shown(rule: RuleAnswer) -> dict[str, Any]:
    return {
        "can_fire": rule.can_fire,
        "firing": rule.firing,
        "detection_seconds_at_full_outage": _seconds(rule.detection),
        "reset_seconds_at_full_outage": _seconds(rule.reset),
    }


def _seconds(span: timedelta | None) -> Fraction | None:
    return None if span is None else Fraction(span // timedelta(microseconds=1), 1_000_000)
