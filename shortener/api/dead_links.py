"""/api/v1/dead-links/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.models import TargetCheck
from shortener.selectors import dead_links, finding
from shortener.services import target_checks


class DeadLinkOut(serializers.Serializer[Any]):
    """A link whose target was found dead. `status` is null when nothing answered; `error` says why."""

    link = serializers.CharField(source="link.public_id")
    short_url = serializers.SerializerMethodField()
    target = serializers.CharField(source="link.target")
    team = serializers.CharField(source="link.team.slug")
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField()
    failures = serializers.IntegerField()
    dead_since = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(allow_null=True)

    def get_short_url(self, check: TargetCheck) -> str:
        return finding.short_url(check.link)


class DeadLinkQuery(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, help_text="Part of slug, target or title.")
    mine = serializers.BooleanField(required=False, help_text="Only links that the caller made.")


class DeadLinkViewSet(ApiViewSet):
    """Links to repair, of the caller's teams."""

    scope = "links"
    queryset = TargetCheck.objects.none()
    serializer_class = DeadLinkOut

    @extend_schema(parameters=[DeadLinkQuery])
    def list(self, request: Request) -> Response:
        """Links whose target did not answer twice, hours apart."""
        query = DeadLinkQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found = dead_links.dead_links(actor_of(request), text=asked.get("q", ""), mine=asked.get("mine", False))
        return self.get_paginated_response(DeadLinkOut(self.paginate_queryset(found), many=True).data)

    @extend_schema(request=None, responses={202: None})
    def recheck(self, request: Request, id: str) -> Response:
        """Ask the target of a link again within a minute."""
        actor = actor_of(request)
        target_checks.recheck(actor=actor, link=finding.get_link(actor, id), now=timezone.now())
        return Response(status=202)
