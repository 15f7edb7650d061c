"""/api/v1/links/export/"""

from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from portal.lib.api.views import ApiViewSet
from shortener.api.link_query import LinkQuery, links_asked_for
from shortener.models import Link
from shortener.services import exporting

FILES = ("text/csv", "application/x-ndjson")


class ExportQuery(LinkQuery):
    """Which links, and as what."""

    format = serializers.ChoiceField(sorted(exporting.KINDS), default="csv")


class OneRenderer(DefaultContentNegotiation):
    """Leaves `?format=` to the view, which names a kind of file with it."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class ExportViewSet(ApiViewSet):
    """Links as files."""

    scope = "links"
    queryset = Link.objects.none()
    content_negotiation_class = OneRenderer

    @extend_schema(
        parameters=[ExportQuery],
        responses={(200, kind): OpenApiResponse(OpenApiTypes.STR, "A line for each link.") for kind in FILES},
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        """Every field of the links that the words of the list leave, newest first, as CSV or JSON lines, streamed."""
        serializer = ExportQuery(data=request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        kind = serializer.validated_data["format"]
        found = links_asked_for(request, now=timezone.now())
        return StreamingHttpResponse(exporting.lines(found, kind), content_type=exporting.KINDS[kind])
