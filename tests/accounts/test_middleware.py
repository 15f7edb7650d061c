from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from portal.accounts.middleware import ActorMiddleware, reader_zone
from portal.accounts.models import User
from portal.accounts.selectors.requests import actor_of
from tests.factories.accounts import UserFactory


def test_a_page_is_read_in_its_readers_zone(db: None) -> None:
    request = RequestFactory().get("/")
    request.user = UserFactory(time_zone="Asia/Tokyo")
    seen: list[str] = []

    def page(request: Any) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    ActorMiddleware(page)(request)
    assert seen == ["Asia/Tokyo"]
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("user", [AnonymousUser(), User(time_zone="Mars/Base")])
def test_without_a_known_zone_it_is_utc(user: Any) -> None:
    request = RequestFactory().get("/")
    request.user = user
    assert reader_zone(request) == ZoneInfo("UTC")


def test_the_actor_is_read_from_the_database_only_when_it_is_asked_for(
    bob: User, django_assert_num_queries: Any
) -> None:
    request = RequestFactory().get("/")
    request.user = bob
    with django_assert_num_queries(0):
        ActorMiddleware(lambda _: HttpResponse())(request)
    with django_assert_num_queries(1):
        assert actor_of(request).user_id == bob.pk
