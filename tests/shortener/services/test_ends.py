from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.models import LinkTotal, WebhookDelivery
from shortener.services import ends, links
from tests.factories.shortener import LinkFactory, WebhookFactory

pytestmark = pytest.mark.django_db

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _swept(team: Any, now: datetime) -> None:
    WebhookFactory(team=team)
    ends.tell_ends_due(now=now)


def told() -> list[tuple[str, str]]:
    rows = WebhookDelivery.objects.order_by("pk")
    return [(row.event, row.payload["data"]["link"]["slug"]) for row in rows]


def visited(link: Any, people: int, at: datetime) -> None:
    LinkTotal.objects.update_or_create(link_id=link.pk, defaults={"people": people, "last_click_at": at})


def test_a_time_that_passes_is_told_once(team: Any, now: datetime) -> None:
    LinkFactory(team=team, slug="launch", expires_at=now + SECOND)
    runs = [ends.tell_ends_due(now=now + SECOND * step) for step in (0, 1, 600, 1200)]
    assert runs == [0, 1, 1, 0]
    assert told() == [("link.expired", "launch")]


def test_the_state_told_is_expired(team: Any, now: datetime) -> None:
    LinkFactory(team=team, expires_at=now + SECOND)
    ends.tell_ends_due(now=now + SECOND)
    assert WebhookDelivery.objects.get().payload["data"]["link"]["state"] == "expired"


def test_what_was_ended_by_hand_is_not_told_again(team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, slug="launch")
    links.expire_link(actor=Actor.system("test"), link=link, now=now + SECOND)
    ends.tell_ends_due(now=now + HOUR)
    assert told() == [("link.expired", "launch")]


def test_an_hour_without_the_sweep_loses_nothing(team: Any, now: datetime) -> None:
    LinkFactory(team=team, slug="launch", expires_at=now + SECOND)
    ends.tell_ends_due(now=now + HOUR)
    assert told() == [("link.expired", "launch")]


def test_an_end_that_was_moved_is_told_when_it_comes(team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, slug="launch", expires_at=now + SECOND)
    ends.tell_ends_due(now=now + SECOND)
    links.update_link(actor=Actor.system("test"), link=link, values={"expires_at": now + HOUR}, now=now + 2 * SECOND)
    ends.tell_ends_due(now=now + HOUR)
    assert [event for event, _ in told()] == ["link.expired", "link.changed", "link.expired"]


def test_disabled_links_and_other_teams_are_not_told(team: Any, now: datetime) -> None:
    LinkFactory(team=team, expires_at=now + SECOND, state="disabled")
    LinkFactory(expires_at=now + SECOND)
    assert ends.tell_ends_due(now=now + SECOND) == 0


def test_a_limit_that_is_reached_is_told_once(team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, slug="draw", max_visits=3)
    visited(link, 2, now)
    assert ends.tell_ends_due(now=now) == 0
    visited(link, 3, now)
    assert [ends.tell_ends_due(now=now + SECOND), ends.tell_ends_due(now=now + HOUR)] == [1, 0]
    assert told() == [("link.limit_reached", "draw")]


def test_a_higher_limit_that_is_reached_is_told_again(team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, max_visits=3)
    visited(link, 3, now)
    ends.tell_ends_due(now=now)
    link.max_visits = 5
    link.save()
    visited(link, 5, now)
    ends.tell_ends_due(now=now + SECOND)
    assert [event for event, _ in told()] == ["link.limit_reached"] * 2


def test_limits_of_long_ago_are_no_news(team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, max_visits=3, updated_at=now - timedelta(days=2))
    visited(link, 3, now - timedelta(days=2))
    assert ends.tell_ends_due(now=now) == 0
