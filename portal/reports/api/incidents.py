"""The report on incidents for programs."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from portal.reports import selectors
from portal.reports.domain import periods, statistics
from portal.reports.selectors import IncidentReport, Wanted


class ReportQuerySerializer(serializers.Serializer[Any]):
    """Which incidents."""

    days = serializers.ChoiceField(periods.DAYS, required=False, default=periods.DEFAULT)
    team = serializers.CharField(required=False, default="", help_text="The slug of a team.")
    service = serializers.CharField(required=False, default="", help_text="The slug of a service.")


class BoundSerializer(serializers.Serializer[statistics.Bound]):
    """Seconds; `at_least` when an open incident may make it longer."""

    seconds = serializers.FloatField()
    at_least = serializers.BooleanField(source="is_open")


class MeasureSerializer(serializers.Serializer[Any]):
    """One measure; percentiles of fewer than five are null."""

    key = serializers.CharField(source="measure.key")
    name = serializers.CharField(source="measure.label")
    definition = serializers.CharField(source="measure.definition")
    n = serializers.IntegerField(source="row.n")
    open = serializers.IntegerField(source="row.open_count")
    median = BoundSerializer(source="row.median", allow_null=True)
    p90 = BoundSerializer(source="row.p90", allow_null=True)
    max = BoundSerializer(source="row.maximum", allow_null=True)
    unknown = serializers.IntegerField()
    impossible = serializers.IntegerField()


class ActionItemsSerializer(serializers.Serializer[Any]):
    """Action items of the period."""

    due = serializers.IntegerField()
    done_in_time = serializers.IntegerField()
    done_late = serializers.IntegerField()
    not_doing = serializers.IntegerField()
    open = serializers.IntegerField()
    overdue = serializers.IntegerField()


class PostmortemsSerializer(serializers.Serializer[Any]):
    """Required postmortems of the period."""

    owed = serializers.IntegerField(source="required")
    on_time = serializers.IntegerField()
    late = serializers.IntegerField()
    missing = serializers.IntegerField()


class IncidentReportSerializer(serializers.Serializer[IncidentReport]):
    """The report. Drills are counted apart and are in no other number."""

    start = serializers.DateTimeField(source="wanted.period.start")
    end = serializers.DateTimeField(source="wanted.period.end")
    incidents = serializers.SerializerMethodField()
    drills = serializers.IntegerField()
    by_severity = serializers.DictField(child=serializers.IntegerField())
    measures = MeasureSerializer(many=True)
    action_items = ActionItemsSerializer(source="items")
    postmortems = PostmortemsSerializer(source="documents")

    def get_incidents(self, report: IncidentReport) -> int:
        return len(report.counted)


class IncidentReportViewSet(ApiViewSet):
    """Incidents in numbers."""

    scope = "reports"
    serializer_class = IncidentReportSerializer

    @extend_schema(parameters=[ReportQuerySerializer], responses=IncidentReportSerializer)
    def show(self, request: Request) -> Response:
        """Counts, durations, action items and postmortems of a period, over what the caller may see."""
        query = ReportQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        given, now = query.validated_data, timezone.now()
        wanted = Wanted(periods.period(now=now, days=int(given["days"])), given["team"], given["service"])
        report = selectors.incident_report(actor_of(request), wanted, now=now)
        return Response(IncidentReportSerializer(report).data)
