"""The forecast as an API: points and a limit in, state and date of crossing out. Nothing is saved."""

import math
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.domain.capacity.fits import Day, Model
from slo.domain.capacity.forecasts import Crossing, Forecast, State, forecast
from slo.domain.capacity.points import MOST_POINTS, Problems, amount, read_points
from slo.domain.capacity.reasons import why
from slo.models import Resource

SHOWN = Context(prec=12)


def number(value: Decimal | None) -> float | None:
    """A JSON number of 12 digits; None where it is undefined or larger than a number of JSON can be."""
    if value is None:
        return None
    try:
        found = float(SHOWN.plus(value))
    except (InvalidOperation, OverflowError):
        return None
    return found if math.isfinite(found) else None


POINTS_SCHEMA = {
    "type": "array",
    "maxItems": MOST_POINTS,
    "items": {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"oneOf": [{"type": "string"}, {"type": "number"}]},
    },
    "example": [["2026-01-01", 12.5], ["2026-01-02", 13]],
}


@extend_schema_field(POINTS_SCHEMA)
class PointsField(serializers.Field[list[Day], Any, Any, Any]):
    """Pairs of a day (or an instant, which counts for its UTC day) and a value, in any order; at most 10,000."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return read_points(data)
        except Problems as error:
            raise serializers.ValidationError(error.messages) from error

    def to_representation(self, value: Any) -> Any:
        return value


class AmountField(serializers.FloatField):
    """A JSON number in and out, an exact decimal inside."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return amount(data)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, value: Any) -> Any:
        return number(value)


class ForecastQuestionSerializer(StrictSerializer):
    """What is asked. Of several points on one day the largest counts; days may be missing."""

    points = PointsField()
    limit = AmountField()
    lead_time_days = serializers.IntegerField(
        min_value=0, max_value=3650, default=0, help_text="How long an order takes until it can be used."
    )


class CrossingSerializer(serializers.Serializer[Crossing]):
    """The days on which the limit is reached; `latest` is null when it lies past twice the fit window."""

    earliest = serializers.DateField()
    likely = serializers.DateField()
    latest = serializers.DateField(allow_null=True)


class ForecastAnswerSerializer(serializers.Serializer[Any]):
    """The forecast; null where a number is undefined."""

    state = serializers.ChoiceField([state.value for state in State])
    model = serializers.ChoiceField([model.value for model in Model], allow_null=True)
    slope_per_day = serializers.FloatField(allow_null=True, help_text="What the next day adds, in units.")
    growth_per_day = serializers.FloatField(allow_null=True, help_text="The same as a share of the last day's fit.")
    r2 = serializers.FloatField(allow_null=True, help_text="On the original scale; null for a constant series.")
    crossing = CrossingSerializer(allow_null=True)
    backtest_error = serializers.FloatField(
        allow_null=True, help_text="Errors over values in the last quarter, fitted on the first three."
    )
    why = serializers.CharField()


class ForecastPreviewViewSet(ApiViewSet):
    """Answers without saving anything; any token may ask."""

    scope_exempt = True
    queryset = Resource.objects.none()
    serializer_class = ForecastQuestionSerializer
    pagination_class = None

    @extend_schema(request=ForecastQuestionSerializer, responses={200: ForecastAnswerSerializer})
    def create(self, request: Request) -> Response:
        """When a series reaches its limit, if it does."""
        serializer = ForecastQuestionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        limit: Decimal = data["limit"]
        found = forecast(data["points"], lambda _day: limit)
        return Response(shown(found, limit, timedelta(days=data["lead_time_days"])))


def shown(found: Forecast, limit: Decimal, lead_time: timedelta) -> dict[str, Any]:
    """A forecast as JSON."""
    fit = found.fit
    return {
        "state": found.state.value,
        "model": fit.model.value if fit else None,
        "slope_per_day": number(found.slope_per_day),
        "growth_per_day": number(found.growth_per_day),
        "r2": number(fit.r2) if fit else None,
        "crossing": _crossing(found.crossing),
        "backtest_error": number(found.backtest_error),
        "why": why(found, limit, lead_time),
    }


def _crossing(found: Crossing | None) -> dict[str, str | None] | None:
    if found is None:
        return None
    return {name: _day(getattr(found, name)) for name in ("earliest", "likely", "latest")}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
