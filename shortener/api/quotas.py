"""/api/v1/quotas/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from shortener.models import Quota
from shortener.selectors import usage
from shortener.services import quotas


class QuotaPatch(StrictSerializer):
    """The bounds of a team in a month; null takes one away."""

    links_per_month = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)
    clicks_per_month = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**63 - 1)


class AllowanceOut(serializers.Serializer[Any]):
    """What is used of one bound in the running UTC month."""

    noun = serializers.CharField()
    used = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True)
    is_near = serializers.BooleanField(help_text="80 % or more are used.")
    is_full = serializers.BooleanField(help_text="No new links can be made this month.")


class QuotaOut(serializers.Serializer[Any]):
    """The quota of a team with what is used of it."""

    team = serializers.CharField(source="quota.team.slug")
    links_per_month = serializers.IntegerField(source="quota.links_per_month", allow_null=True)
    clicks_per_month = serializers.IntegerField(source="quota.clicks_per_month", allow_null=True)
    allowances = AllowanceOut(many=True)
    version = serializers.IntegerField(source="quota.version")


class QuotaViewSet(ApiViewSet):
    """What teams may use in a month. Administrators set it, with a token of the scope `admin`."""

    scope = "stats"
    queryset = Quota.objects.none()
    serializer_class = QuotaOut

    def list(self, request: Request) -> Response:
        """Quotas that were set, of the caller's teams."""
        now = timezone.now()
        page = self.paginate_queryset(usage.quotas(actor_of(request)).order_by("-pk")) or []
        return self.get_paginated_response(QuotaOut([usage.state_of(one, now=now) for one in page], many=True).data)

    def retrieve(self, request: Request, team: str) -> Response:
        """The quota of one team, by its slug or id; without bounds when nobody has set any."""
        return self._shown(usage.quota_of(actor_of(request), team))

    @extend_schema(request=QuotaPatch)
    def partial_update(self, request: Request, team: str) -> Response:
        """Set or take away bounds; for administrators. Send If-Match to be sure that nobody else did."""
        actor = actor_of(request)
        body = QuotaPatch(data=request.data)
        body.is_valid(raise_exception=True)
        quota = quotas.set_quota(
            actor=actor,
            team=usage.quota_of(actor, team).team,
            values=dict(body.validated_data),
            expected_version=expected_version(request),
            now=timezone.now(),
        )
        return self._shown(quota)

    def _shown(self, quota: Quota) -> Response:
        return self.one(quota, QuotaOut(usage.state_of(quota, now=timezone.now())).data)
