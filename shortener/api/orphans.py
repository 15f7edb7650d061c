"""/api/v1/orphans/"""

from datetime import UTC
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.models import OrphanDay
from shortener.selectors import orphans
from shortener.selectors.orphans import OrphanFilter


class OrphanQuery(serializers.Serializer[Any]):
    """Which visits to count: those of the last days up to today (UTC)."""

    days = serializers.IntegerField(default=30, min_value=1, max_value=366)
    kind = serializers.ChoiceField(list(orphans.KINDS), required=False)
    host = serializers.CharField(required=False, help_text="Name of the domain.")
    limit = serializers.IntegerField(default=orphans.SHOWN, min_value=1, max_value=1000)


class OrphanDayOut(serializers.Serializer[Any]):
    day = serializers.DateField()
    root = serializers.IntegerField()  # type: ignore[assignment]  # the name of a field, not its parent
    slug = serializers.IntegerField()
    host = serializers.IntegerField(help_text="For administrators; zero for everybody else.")


class OrphanOut(serializers.Serializer[Any]):
    """An address that is no link; an empty host holds what was beyond a day's bound."""

    kind = serializers.ChoiceField(list(orphans.KINDS))
    host = serializers.CharField()
    slug = serializers.CharField()
    visits = serializers.IntegerField()
    last_day = serializers.DateField()


class OrphanReportOut(serializers.Serializer[Any]):
    """Visits of addresses that are no link, by UTC day and by address."""

    visits = serializers.IntegerField()
    days = OrphanDayOut(many=True)
    top = OrphanOut(many=True)


class OrphanViewSet(ApiViewSet):
    """Visits of addresses that are no link, of the domains that the caller may use."""

    scope = "stats"
    queryset = OrphanDay.objects.none()
    serializer_class = OrphanReportOut

    @extend_schema(parameters=[OrphanQuery], responses=OrphanReportOut)
    def retrieve(self, request: Request) -> Response:
        """Orphan visits by day, and the addresses with the most of them."""
        query = OrphanQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        wanted = OrphanFilter(asked["days"], asked.get("kind", ""), asked.get("host", ""))
        today = timezone.now().astimezone(UTC).date()
        report = orphans.orphan_report(actor_of(request), wanted, today=today, limit=asked["limit"])
        zeros = [0] * len(report.days)
        lines = [report.by_kind.get(kind, zeros) for kind in ("root", "slug", "host")]
        days = [
            {"day": day, "root": root, "slug": slug, "host": host}
            for day, root, slug, host in zip(report.days, *lines, strict=True)
        ]
        return Response(OrphanReportOut({"visits": report.visits, "days": days, "top": report.top}).data)
