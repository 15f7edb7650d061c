"""/api/v1/links/{id}/qr/"""

from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.domain import qr as rules
from shortener.models import Link
from shortener.selectors import finding
from shortener.services import qr

USUAL = rules.QrOptions()
PARAMETERS = [
    OpenApiParameter("format", str, enum=list(rules.FORMATS), default=USUAL.format),
    OpenApiParameter(
        "size",
        {"type": "integer", "minimum": rules.SMALLEST, "maximum": rules.LARGEST, "default": USUAL.size},
        description="Side of the picture in pixels.",
    ),
    OpenApiParameter(
        "margin",
        {"type": "integer", "minimum": 0, "maximum": rules.WIDEST_MARGIN, "default": USUAL.margin},
        description="Quiet zone in modules.",
    ),
    OpenApiParameter("level", str, enum=list(rules.LEVELS), default=USUAL.level, description="H with a logo."),
    OpenApiParameter("dark", str, default=USUAL.dark, description="Six hexadecimal digits."),
    OpenApiParameter("light", str, default=USUAL.light, description="Six hexadecimal digits."),
    OpenApiParameter("logo", bool, default=USUAL.logo, description="The domain's logo in the middle, if it has one."),
]


class AsAsked(BaseContentNegotiation):
    """`format` chooses the picture here; refusals are JSON whatever the caller accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class LinkQrViewSet(ApiViewSet):
    """The QR code of a link's short address."""

    scope = "links"
    queryset = Link.objects.none()
    serializer_class = serializers.Serializer
    content_negotiation_class = AsAsked

    @extend_schema(
        parameters=PARAMETERS,
        responses={
            (200, "image/svg+xml"): OpenApiTypes.STR,
            (200, "image/png"): OpenApiTypes.BINARY,
            304: OpenApiResponse(description="The caller has this picture already."),
        },
    )
    def retrieve(self, request: Request, id: str) -> HttpResponse | Response:
        """The code as SVG or PNG, with an ETag for If-None-Match."""
        options = qr.options_of(request.query_params.dict())
        code = qr.code_of(finding.get_link(actor_of(request), id), options)
        headers = {"ETag": code.etag, "Cache-Control": "private, max-age=300"}
        if code.etag in request.headers.get("If-None-Match", ""):
            return HttpResponseNotModified(headers=headers)
        headers["Content-Disposition"] = f'inline; filename="{code.file_name}"'
        return HttpResponse(code.data, content_type=code.media_type, headers=headers)
