"""/api/v1/abuse-reports/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from shortener.models import AbuseReport
from shortener.selectors import moderation
from shortener.services import abuse_reports


class AbuseReportOut(serializers.Serializer[Any]):
    """A report. Who sent it is known by nobody; two of the same `reporter` on a day came from one address."""

    id = serializers.CharField(source="public_id")
    link = serializers.CharField(source="link.public_id", allow_null=True, default=None)
    address = serializers.CharField()
    reason = serializers.CharField()
    text = serializers.CharField()
    reporter = serializers.CharField()
    state = serializers.CharField()
    note = serializers.CharField()
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class AbuseReportQuery(serializers.Serializer[Any]):
    state = serializers.ChoiceField(AbuseReport.State.values, required=False)


class Decision(StrictSerializer):
    """`host` is for `ban_host` only; by default it is the host of the target."""

    decision = serializers.ChoiceField(list(abuse_reports.DECISIONS))
    note = serializers.CharField(max_length=abuse_reports.NOTE, required=False, allow_blank=True)
    host = serializers.CharField(max_length=253, required=False, allow_blank=True)


class Decided(serializers.Serializer[Any]):
    closed = serializers.IntegerField(help_text="How many reports were closed.")


class AbuseReportViewSet(ApiViewSet):
    """Reports of abuse; for administrators with the scope `admin`."""

    scope = "admin"
    queryset = AbuseReport.objects.none()
    serializer_class = AbuseReportOut

    @extend_schema(parameters=[AbuseReportQuery])
    def list(self, request: Request) -> Response:
        """Reports, newest first."""
        query = AbuseReportQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = moderation.reports(actor_of(request), state=query.validated_data.get("state", ""))
        return self.get_paginated_response(AbuseReportOut(self.paginate_queryset(found), many=True).data)

    def retrieve(self, request: Request, id: str) -> Response:
        """One report."""
        return Response(AbuseReportOut(moderation.get_report(actor_of(request), id)).data)

    @extend_schema(request=Decision, responses=Decided)
    def decide(self, request: Request, id: str) -> Response:
        """Decide about the link: this closes every open report of it."""
        actor = actor_of(request)
        report = moderation.get_report(actor, id)
        given = Decision(data=request.data)
        given.is_valid(raise_exception=True)
        closed = abuse_reports.decide(actor=actor, report=report, now=timezone.now(), **given.validated_data)
        return Response({"closed": closed})
