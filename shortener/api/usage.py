"""/api/v1/usage/"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.domain import months
from shortener.models import OwnerMonth
from shortener.selectors import usage


class UsageQuery(serializers.Serializer[Any]):
    """Which usage to list; without a month that of all months."""

    month = serializers.CharField(required=False, help_text="A UTC month, such as 2026-03.")
    team = serializers.CharField(required=False, help_text="Slug or id of the team.")

    def validate_month(self, text: str) -> Any:
        found = months.parse(text)
        if found is None:
            raise serializers.ValidationError("Give a month, such as 2026-03.")
        return found


class UsageOut(serializers.Serializer[Any]):
    """Links made by and clicks counted for one owner of a team; `owner` is null for service accounts and imports."""

    month = serializers.SerializerMethodField()
    team = serializers.CharField(source="team.slug")
    owner = serializers.CharField(source="owner.public_id", allow_null=True, default=None)
    links = serializers.IntegerField()
    people = serializers.IntegerField()
    bots = serializers.IntegerField()

    def get_month(self, row: OwnerMonth) -> str:
        return f"{row.month:%Y-%m}"


class UsageViewSet(ApiViewSet):
    """What the owners of the caller's teams used, month by month."""

    scope = "stats"
    queryset = OwnerMonth.objects.none()
    serializer_class = UsageOut

    @extend_schema(parameters=[UsageQuery])
    def list(self, request: Request) -> Response:
        """Usage by owner and month, the newest rows first."""
        query = UsageQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found = usage.owner_months(actor_of(request), month=asked.get("month"), team=asked.get("team", ""))
        page = self.paginate_queryset(found.order_by("-pk"))
        return self.get_paginated_response(UsageOut(page, many=True).data)
