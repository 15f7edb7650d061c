"""The audit log as an API resource."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import AuditEntry
from portal.accounts.selectors import audit
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class AuditEntrySerializer(StrictSerializer):
    """One entry; `changes` maps a field's name to [before, after]."""

    id = serializers.CharField(source="public_id")
    at = serializers.DateTimeField()
    actor_kind = serializers.CharField()
    actor = serializers.CharField(source="actor_label")
    user = serializers.CharField(source="user.public_id", default=None, allow_null=True)
    team = serializers.CharField(source="team.slug", default=None, allow_null=True)
    action = serializers.CharField()
    target_type = serializers.CharField()
    target_id = serializers.CharField()
    target_label = serializers.CharField()
    changes = serializers.DictField()
    request_id = serializers.CharField()
    ip = serializers.CharField(allow_null=True)


class AuditQuerySerializer(serializers.Serializer[audit.AuditFilter]):
    """What to look for."""

    actor = serializers.CharField(required=False, help_text="Part of a name, or a mail address.")
    action = serializers.CharField(required=False, help_text="An action such as service.updated, or its noun.")
    target = serializers.CharField(required=False, help_text="The id of an object, or part of its name.")
    team = serializers.CharField(required=False, help_text="The slug of a team.")
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)


class AuditViewSet(ApiViewSet):
    """Who did what: the caller's own entries, those of teams that the caller manages, all for administrators."""

    scope = "audit"
    queryset = AuditEntry.objects.none()
    serializer_class = AuditEntrySerializer

    @extend_schema(parameters=[AuditQuerySerializer], responses=AuditEntrySerializer(many=True))
    def list(self, request: Request) -> Response:
        """Entries, the newest first."""
        query = AuditQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = audit.narrowed(audit.entries(actor_of(request)), audit.AuditFilter(**query.validated_data))
        return self.get_paginated_response(AuditEntrySerializer(self.paginate_queryset(found), many=True).data)

    def retrieve(self, request: Request, id: str) -> Response:
        """One entry."""
        return Response(AuditEntrySerializer(audit.get_entry(actor_of(request), id)).data)
