"""/api/v1/links/{id}/history/"""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import AuditEntry
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.selectors import finding, history


class FieldChange(serializers.Serializer[Any]):
    """One field before and after; of a secret only whether it was set."""

    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class HistoryEntryOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="public_id")
    at = serializers.DateTimeField(default_timezone=UTC)
    action = serializers.CharField()
    actor = serializers.CharField(source="actor_label")
    changes = serializers.SerializerMethodField()

    @extend_schema_field(FieldChange(many=True))
    def get_changes(self, entry: AuditEntry) -> list[dict[str, Any]]:
        pairs = history.pairs(entry.changes)
        return [{"field": name, "before": before, "after": after} for name, (before, after) in pairs]


class LinkHistoryViewSet(ApiViewSet):
    """What was done to a link."""

    scope = "links"
    queryset = AuditEntry.objects.none()
    serializer_class = HistoryEntryOut

    def list(self, request: Request, id: str) -> Response:
        """Who changed what, the newest first; of a deleted link too. Other teams see what they did themselves."""
        actor = actor_of(request)
        page = self.paginate_queryset(history.entries(actor, finding.any_link(actor, id)))
        return self.get_paginated_response(HistoryEntryOut(page, many=True).data)
