"""Who was paged for an alert, as an API resource: append-only, every attempt with its answer."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.models import Page, PageAttempt
from oncall.selectors import alerts, paging_log
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class PageAttemptSerializer(StrictSerializer):
    """One try to hand the page over: sent, a temporary or a permanent failure."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    outcome = serializers.CharField()
    answer = serializers.CharField()
    latency_seconds = serializers.SerializerMethodField()

    def get_latency_seconds(self, attempt: PageAttempt) -> float:
        """How long the provider took."""
        return attempt.latency.total_seconds()


class PageReportSerializer(StrictSerializer):
    """What the provider called back."""

    at = serializers.DateTimeField()
    word = serializers.CharField()
    detail = serializers.CharField()


class AlertPageSerializer(StrictSerializer):
    """One page. `took_seconds` is from when it was due until the provider had it."""

    id = serializers.CharField(source="page.public_id")
    to = serializers.CharField()
    why = serializers.CharField()
    channel = serializers.CharField(source="page.channel")
    status = serializers.CharField(source="page.status")
    due_at = serializers.DateTimeField(source="page.due_at")
    sent_at = serializers.DateTimeField(source="page.sent_at", allow_null=True)
    took_seconds = serializers.SerializerMethodField()
    provider_id = serializers.CharField(source="page.provider_id")
    delivery = serializers.CharField(source="page.delivery")
    delivered_at = serializers.DateTimeField(source="page.delivered_at", allow_null=True)
    answered_at = serializers.DateTimeField(source="page.answered_at", allow_null=True)
    attempts = PageAttemptSerializer(many=True)
    reports = PageReportSerializer(many=True)

    def get_took_seconds(self, entry: Any) -> float | None:
        """Seconds, or null while it has not gone out."""
        return None if entry.took is None else float(entry.took.total_seconds())


class AlertPageViewSet(ApiViewSet):
    """The pages of one alert that the caller may see."""

    scope = "alerts"
    queryset = Page.objects.none()
    serializer_class = AlertPageSerializer

    def list(self, request: Request, id: str) -> Response:
        """Every page in the order in which they were due."""
        alert = alerts.get_alert(actor_of(request), id)
        entries = paging_log.entries(alert)
        return Response({"items": AlertPageSerializer(entries, many=True).data, "next_cursor": None})
