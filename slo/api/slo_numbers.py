"""The numbers of an SLO: where it stands, and how its budget went down."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.api.fields import CountField, RatioField, SecondsField
from slo.api.slo_fields import StatusSerializer
from slo.domain import ranges
from slo.domain.budgets import Counts, budget_of
from slo.domain.burns import detection_time, reset_time
from slo.domain.ranges import LABELS, InvalidRange, Range
from slo.domain.rules import Rule, can_fire
from slo.domain.windows import EPOCH, MINUTE, floor_to
from slo.models import Slo
from slo.selectors import objectives
from slo.selectors.burndowns import budgets, material
from slo.selectors.units import units_of


class StatusBudgetSerializer(StrictSerializer):
    """The budget of the window, in what the method counts; null without events."""

    allowed_bad = CountField()
    bad = CountField()
    consumed_ratio = RatioField(allow_null=True)
    remaining_ratio = RatioField(allow_null=True)


class RuleSerializer(StrictSerializer):
    """A rule of the SLO, what its windows burn and how fast it notices and ends a full outage."""

    key = serializers.CharField()
    severity = serializers.CharField()
    long_seconds = SecondsField(source="long")
    short_seconds = SecondsField(source="short")
    threshold = RatioField()
    can_fire = serializers.BooleanField()
    firing = serializers.BooleanField()
    held_because = serializers.CharField(allow_blank=True)
    long_burn = RatioField(allow_null=True)
    short_burn = RatioField(allow_null=True)
    detection_seconds = SecondsField(allow_null=True)
    reset_seconds = SecondsField(allow_null=True)


class NumbersSerializer(StatusSerializer):
    """All that is known of an SLO now."""

    def get_burn(self, status: Any) -> dict[str, float | None]:
        return super().get_burn(status["status"])

    window = serializers.CharField(help_text="Such as `30 days`.")
    window_start = serializers.DateTimeField(allow_null=True)
    computed_at = serializers.DateTimeField()
    budget = StatusBudgetSerializer()
    exhausts_6h_at = serializers.DateTimeField(allow_null=True, help_text="At the burn of six hours.")
    rules = RuleSerializer(many=True)


class BurndownPointSerializer(StrictSerializer):
    """The step that begins `at`: its counts, null where nothing was measured, and what was left after it."""

    at = serializers.DateTimeField()
    good = CountField(allow_null=True)
    total = CountField(allow_null=True)
    remaining_ratio = RatioField(allow_null=True)


class BurndownSerializer(StrictSerializer):
    """The budget over `[start, end)`, step by step."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    step_seconds = SecondsField()
    points = BurndownPointSerializer(many=True)


class BurndownQuerySerializer(serializers.Serializer[Slo]):
    """A named range, or `from` and `until`; without any the window of the SLO."""

    range = serializers.ChoiceField(choices=list(LABELS), required=False)
    until = serializers.DateTimeField(required=False)

    def get_fields(self) -> Any:
        return super().get_fields() | {"from": serializers.DateTimeField(required=False)}


class SloNumbersViewSet(ApiViewSet):
    """The numbers of an SLO that the caller may see."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = NumbersSerializer
    pagination_class = None

    @extend_schema(responses=NumbersSerializer)
    def status(self, request: Request, id: str) -> Response:
        """Budget, burn rates, forecast and rules as the last refresh found them."""
        slo = objectives.get_slo(actor_of(request), id)
        return Response(NumbersSerializer(_numbers(slo), context=_context(slo)).data)

    @extend_schema(parameters=[BurndownQuerySerializer], responses=BurndownSerializer)
    def burndown(self, request: Request, id: str) -> Response:
        """How the budget went down; for other spans than the window: what was left of the window ending then."""
        query = BurndownQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        slo = objectives.get_slo(actor_of(request), id)
        span = _span(slo, dict(query.validated_data))
        found = material(slo, span)
        steps = zip(found.shown, budgets(found), strict=True)
        points = [_point(at, counts, left) for (at, counts), (_, left) in steps]
        body = {"start": span.start, "end": span.end, "step_seconds": span.step, "points": points}
        return Response(BurndownSerializer(body, context=_context(slo)).data)


def _context(slo: Slo) -> dict[str, int]:
    return {"scale": units_of(slo.stream).scale}


def _point(at: datetime, counts: Counts | None, left: Fraction | None) -> dict[str, Any]:
    known = (None, None) if counts is None else (counts.good, counts.total)
    return {"at": at, "good": known[0], "total": known[1], "remaining_ratio": left}


def _span(slo: Slo, asked: dict[str, Any]) -> Range:
    now = timezone.now()
    end = slo.status.window_end if slo.status.window_end > EPOCH else floor_to(now, MINUTE)
    start, until = asked.get("from"), asked.get("until")
    if start is None and until is None:
        return ranges.named(asked.get("range", ranges.WINDOW), window=slo.window, end=end)
    if start is None:
        raise Invalid(fields={"from": ["Say where it begins."]})
    try:
        return ranges.absolute(start, until or end, now=max(end, now))
    except InvalidRange as error:
        raise Invalid(fields={error.field: [str(error)]}) from error


def _numbers(slo: Slo) -> dict[str, Any]:
    status = slo.status
    names = ("state", "window_start", "window_end", "computed_at", "good", "total", "ratio", "remaining_ratio")
    more = ("coverage_ratio", "exhausts_at", "exhausts_6h_at", "firing", "held")
    return {
        **{name: getattr(status, name) for name in (*names, *more)},
        "status": status,
        "window": slo.window.text,
        "budget": budget_of(Counts(status.good, status.total), slo.objective),
        "rules": [_rule(slo, rule) for rule in slo.definition.rules],
    }


def _rule(slo: Slo, rule: Rule) -> dict[str, Any]:
    status = slo.status
    return {
        **{name: getattr(rule, name) for name in ("key", "severity", "long", "short", "threshold")},
        "can_fire": can_fire(rule, slo.objective),
        "firing": rule.key in status.firing,
        "held_because": status.held.get(rule.key, ""),
        "long_burn": status.burn_of(rule.long),
        "short_burn": status.burn_of(rule.short),
        "detection_seconds": detection_time(rule.long, rule.threshold, slo.objective),
        "reset_seconds": reset_time(rule.short, rule.threshold, slo.objective),
    }
