from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.middleware import NEWS_AFTER, ActorMiddleware, reader_zone
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


@pytest.fixture
def laptop(bob: User, time_machine: Any, now: Any) -> Client:
    """Bob's laptop, which was here at `now`."""
    time_machine.move_to(now, tick=False)
    client = Client()
    client.force_login(bob)
    client.get("/help/")
    return client


@pytest.mark.parametrize("minutes", [0.5, 1.5])
def test_a_session_is_written_anew_after_a_while(laptop: Client, time_machine: Any, now: Any, minutes: float) -> None:
    time_machine.move_to(now + minutes * NEWS_AFTER, tick=False)
    laptop.get("/help/")
    assert UserSession.objects.get().last_seen_at == now + (minutes > 1) * minutes * NEWS_AFTER


def test_a_session_that_moves_is_written_at_once(laptop: Client, time_machine: Any, now: Any) -> None:
    time_machine.move_to(now + timedelta(seconds=1), tick=False)
    laptop.get("/help/", REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="Elsewhere/1.0")
    moved = UserSession.objects.get()
    assert (moved.ip, moved.user_agent) == ("198.51.100.7", "Elsewhere/1.0")
    assert moved.last_seen_at == now + timedelta(seconds=1)


def test_a_page_that_follows_leaves_the_session_alone(laptop: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        laptop.get("/help/")
    assert [one["sql"] for one in asked.captured_queries if "usersession" in one["sql"]] == []
