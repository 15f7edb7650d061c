"""Cursor pagination: `?limit=&cursor=`, stable while rows come in, never a count."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.lib.errors import Invalid


class CursorPages(CursorPagination):
    """Pages of at most 100 items, newest first; a bad limit or cursor is a 422 that names the field."""

    page_size = 50
    max_page_size = 100
    page_size_query_param = "limit"
    cursor_query_param = "cursor"
    ordering = "-pk"

    def get_page_size(self, request: Request) -> int | None:
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= self.max_page_size:
            raise Invalid(fields={"limit": [f"Give a whole number from 1 to {self.max_page_size}."]})
        return int(given)

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValidationError, ValueError) as error:
            raise Invalid(fields={"cursor": ["This cursor is not one of ours."]}) from error

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"items": data, "next_cursor": self._cursor_of(self.get_next_link())})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["items", "next_cursor"],
            "properties": {"items": schema, "next_cursor": {"type": ["string", "null"]}},
        }

    @staticmethod
    def _cursor_of(link: str | None) -> str | None:
        return parse_qs(urlsplit(link).query)["cursor"][0] if link else None
