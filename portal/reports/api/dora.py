"""DORA's five numbers of one service for programs."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from portal.reports.domain import periods
from portal.reports.domain.dora import DEFINITIONS, Dora
from portal.reports.selectors.dora import of_services

PREFIX = "srv_"
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LONGEST = timedelta(days=732)
NAMED = ("from", "until")


class DurationMedianSerializer(serializers.Serializer[Any]):
    """A median in seconds; null without data."""

    median_seconds = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField(help_text="How many it is made of.")
    left_out = serializers.IntegerField(help_text="Impossible lead times, or failures that are not recovered yet.")
    definition = serializers.CharField()


class DeploymentFrequencySerializer(serializers.Serializer[Any]):
    """How often; null without data."""

    per_day = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField(help_text="Deployments.")
    definition = serializers.CharField()


class DeploymentShareSerializer(serializers.Serializer[Any]):
    """A share of the deployments; null without data."""

    ratio = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()
    n = serializers.IntegerField(help_text="Deployments.")
    definition = serializers.CharField()


class DoraSerializer(serializers.Serializer[Any]):
    """The five numbers of one service, each with its definition."""

    service = serializers.CharField()
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    change_lead_time = DurationMedianSerializer()
    deployment_frequency = DeploymentFrequencySerializer()
    failed_deployment_recovery_time = DurationMedianSerializer()
    change_fail_rate = DeploymentShareSerializer()
    rework_rate = DeploymentShareSerializer()


PARAMETERS = [
    OpenApiParameter(name, OpenApiTypes.STR, description=f"A day or an RFC 3339 instant; {text}.")
    for name, text in (("from", "90 days before `until` unless given"), ("until", "now unless given"))
]


class DoraViewSet(ApiViewSet):
    """DORA's numbers."""

    scope = "reports"
    serializer_class = DoraSerializer

    @extend_schema(parameters=PARAMETERS, responses=DoraSerializer)
    def show(self, request: Request, id: str) -> Response:
        """The five numbers of the service named by slug or id, of the deployments that started in `[from, until)`."""
        actor, now = actor_of(request), timezone.now()
        one = catalog.service_by_public_id if id.startswith(PREFIX) else catalog.get_service
        service = one(actor, id)
        start, end = span(request.query_params, now)
        (found,) = of_services([service], start=start, end=end, now=now)
        body = {"service": service.slug, "start": start, "end": end} | shown(found.numbers)
        return Response(DoraSerializer(body).data)


def span(given: Any, now: datetime) -> tuple[datetime, datetime]:
    """The period that is asked for; Invalid names `from` or `until`."""
    found: dict[str, datetime] = {}
    problems: dict[str, list[str]] = {}
    for name in NAMED:
        try:
            found[name] = _instant(given[name]) if given.get(name) else now
        except (ValueError, OverflowError):
            problems[name] = ["Give a day such as 2026-01-31, or an RFC 3339 instant with its zone."]
    if problems:
        raise Invalid(fields=problems)
    end = found["until"]
    start = found["from"] if given.get("from") else end - timedelta(days=periods.DEFAULT)
    if not start < end:
        raise Invalid(fields={"until": ["It lies after `from`."]})
    if start < EARLIEST or end - start > LONGEST:
        raise Invalid(fields={"from": ["Choose at most two years, since 2000."]})
    return start, end


def shown(numbers: Dora) -> dict[str, Any]:
    """The numbers as JSON."""
    return {
        "change_lead_time": _median(numbers.lead_time, numbers.changes, numbers.impossible, "lead_time"),
        "deployment_frequency": {
            "per_day": _float(numbers.frequency_per_day),
            "n": numbers.deployments,
            "definition": DEFINITIONS["frequency"],
        },
        "failed_deployment_recovery_time": _median(
            numbers.recovery, numbers.recovered, numbers.unrecovered, "recovery"
        ),
        "change_fail_rate": _share(numbers.failure_ratio, numbers.failed, numbers, "failure"),
        "rework_rate": _share(numbers.rework_ratio, numbers.unplanned, numbers, "rework"),
    }


def _median(value: timedelta | None, n: int, left_out: int, key: str) -> dict[str, Any]:
    seconds = None if value is None else value.total_seconds()
    return {"median_seconds": seconds, "n": n, "left_out": left_out, "definition": DEFINITIONS[key]}


def _share(ratio: Fraction | None, count: int, numbers: Dora, key: str) -> dict[str, Any]:
    return {"ratio": _float(ratio), "count": count, "n": numbers.deployments, "definition": DEFINITIONS[key]}


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text.replace(" ", "+"))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
