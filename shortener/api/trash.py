"""/api/v1/links/trash/"""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.pagination import CursorPages
from portal.lib.api.views import ApiViewSet
from shortener.api.serializers import LinkOut
from shortener.models import Link
from shortener.selectors import stats
from shortener.selectors import trash as selectors
from shortener.services import trash


class LastDeletedFirst(CursorPages):
    ordering = ("-deleted_at", "-pk")  # type: ignore[assignment]


class TrashedLinkOut(LinkOut):
    """A deleted link, since when it is one, and when all but its slug goes."""

    deleted_at = serializers.DateTimeField(default_timezone=UTC)
    purged_at = serializers.SerializerMethodField()

    def get_purged_at(self, link: Link) -> datetime | None:
        return trash.purged_at(link)


class TrashViewSet(ApiViewSet):
    """The deleted links that can still be restored."""

    scope = "links"
    queryset = Link.objects.none()
    serializer_class = TrashedLinkOut
    pagination_class = LastDeletedFirst

    def list(self, request: Request) -> Response:
        """Deleted links of the caller's teams, the last deleted first."""
        page: Any = self.paginate_queryset(selectors.trashed(actor_of(request))) or []
        context = {"now": timezone.now(), "totals": stats.link_totals([link.pk for link in page])}
        return self.get_paginated_response(TrashedLinkOut(page, many=True, context=context).data)
