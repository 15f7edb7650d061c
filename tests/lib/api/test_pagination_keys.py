"""Cursors over rows whose keys are equal, and over rows that go away between two pages."""

from typing import Any

import pytest
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from portal.accounts.models import Team
from portal.lib.api.pagination import CursorPages
from tests.factories.accounts import TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.api.resource")]


class ByZone(CursorPages):
    """Pages ordered by a key that all rows may share."""

    ordering: Any = ("time_zone", "-pk")


def page(cursor: str | None, limit: int = 2) -> tuple[list[int], str | None]:
    query = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
    pages = ByZone()
    rows = pages.paginate_queryset(Team.objects.all(), Request(APIRequestFactory().get("/", query))) or []
    data: Any = pages.get_paginated_response([]).data
    return [row.pk for row in rows], data["next_cursor"]


def test_rows_with_equal_keys_come_once_each() -> None:
    keys = [TeamFactory(time_zone="UTC").pk for _ in range(5)]
    first, cursor = page(None)
    second, cursor = page(cursor)
    third, cursor = page(cursor)
    assert [*first, *second, *third] == keys[::-1]
    assert cursor is None


def test_rows_deleted_from_a_page_that_was_read_leave_no_gap(api: APIClient) -> None:
    names = [TeamFactory().name for _ in range(6)][::-1]
    first = api.get("/notes/", {"limit": 2}).json()
    Team.objects.filter(name__in=first["items"]).delete()
    second = api.get("/notes/", {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert second["items"] == names[2:4]


def test_a_deleted_row_that_a_cursor_would_come_to_is_left_out(api: APIClient) -> None:
    names = [TeamFactory().name for _ in range(5)][::-1]
    first = api.get("/notes/", {"limit": 2}).json()
    Team.objects.filter(name=names[2]).delete()
    second = api.get("/notes/", {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert second["items"] == names[3:5]
