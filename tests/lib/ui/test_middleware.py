from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from portal.lib.ui.middleware import TimeZoneMiddleware, zone_of


def request_of(zone: str | None) -> HttpRequest:
    request = RequestFactory().get("/")
    vars(request)["user"] = SimpleNamespace(time_zone=zone)
    return request


@pytest.mark.parametrize(
    ("stored", "used"),
    [("Asia/Tokyo", "Asia/Tokyo"), ("", "UTC"), (None, "UTC"), ("Mars/Base", "UTC"), ("../x", "UTC")],
)
def test_the_persons_zone_is_used_and_anything_else_is_utc(stored: str | None, used: str) -> None:
    assert zone_of(request_of(stored)).key == used


def test_the_zone_is_active_during_the_request_and_not_after() -> None:
    seen = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    TimeZoneMiddleware(page)(request_of("Asia/Tokyo"))
    assert [*seen, timezone.get_current_timezone_name()] == ["Asia/Tokyo", "UTC"]
