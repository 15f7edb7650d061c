from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from portal.accounts.domain.actors import Actor
from shortener.models import Link, WebhookDelivery
from shortener.services import events, links
from tests.factories.shortener import LinkFactory, WebhookFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


@pytest.fixture
def link(team: Any) -> Link:
    made: Link = LinkFactory(team=team, slug="launch", domain__name="go.example.com")
    return made


@pytest.fixture
def hook(team: Any) -> Any:
    return WebhookFactory(team=team)


def told() -> list[str]:
    return list(WebhookDelivery.objects.order_by("pk").values_list("event", flat=True))


def test_a_new_link_is_told_of(team: Any, hook: Any, now: datetime) -> None:
    made = links.create_link(actor=SYSTEM, team_id=team.pk, values={"target": "https://example.org/"}, now=now)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.event, delivery.due_at, delivery.webhook) == ("link.created", now, hook)
    assert delivery.payload["data"]["link"]["id"] == made.public_id
    assert delivery.payload["data"]["link"]["short_url"].endswith(made.slug)


def test_a_change_names_its_fields(link: Link, hook: Any, now: datetime) -> None:
    links.update_link(actor=SYSTEM, link=link, values={"title": "Launch", "target": "https://example.org/2"}, now=now)
    assert WebhookDelivery.objects.get().payload["data"]["changed"] == ["target", "title"]


def test_a_change_that_changes_nothing_is_not_told(link: Link, hook: Any, now: datetime) -> None:
    links.update_link(actor=SYSTEM, link=link, values={"title": ""}, now=now)
    assert told() == []


def test_stopping_starting_and_deleting_are_told(link: Link, hook: Any, now: datetime) -> None:
    links.disable_link(actor=SYSTEM, link=link, now=now)
    links.enable_link(actor=SYSTEM, link=link, now=now)
    links.update_link(actor=SYSTEM, link=link, values={"state": "disabled"}, now=now)
    links.delete_link(actor=SYSTEM, link=link, now=now)
    assert told() == ["link.disabled", "link.changed", "link.disabled", "link.deleted"]


def test_ending_a_link_by_hand_is_an_expiry_and_no_change(link: Link, hook: Any, now: datetime) -> None:
    links.expire_link(actor=SYSTEM, link=link, now=now)
    assert told() == ["link.expired"]


def test_an_end_in_the_past_is_a_change_and_an_expiry(link: Link, hook: Any, now: datetime) -> None:
    links.update_link(actor=SYSTEM, link=link, values={"expires_at": now - timedelta(hours=1)}, now=now)
    assert told() == ["link.changed", "link.expired"]


def test_an_end_to_come_is_a_change_only(link: Link, hook: Any, now: datetime) -> None:
    links.update_link(actor=SYSTEM, link=link, values={"expires_at": now + timedelta(hours=1)}, now=now)
    assert told() == ["link.changed"]


def test_the_same_event_reaches_a_webhook_once(link: Link, hook: Any, now: datetime) -> None:
    for _ in range(2):
        events.emit(link=link, event="link.changed", now=now, key="twice")
    assert told() == ["link.changed"]


def test_two_webhooks_get_the_same_event_id(link: Link, hook: Any, now: datetime) -> None:
    WebhookFactory(team=link.team)
    assert events.emit(link=link, event="link.changed", now=now) == 2
    assert len({delivery.payload["id"] for delivery in WebhookDelivery.objects.all()}) == 1


def test_a_webhook_gets_only_what_it_asked_for(link: Link, team: Any, now: datetime) -> None:
    WebhookFactory(team=team, events=["link.deleted"])
    links.disable_link(actor=SYSTEM, link=link, now=now)
    links.delete_link(actor=SYSTEM, link=link, now=now)
    assert told() == ["link.deleted"]


def test_disabled_webhooks_and_those_of_other_teams_hear_nothing(link: Link, now: datetime) -> None:
    WebhookFactory(team=link.team, disabled_at=now)
    WebhookFactory()
    assert events.emit(link=link, event="link.changed", now=now) == 0
    assert told() == []


def test_a_team_without_webhooks_costs_one_query(
    link: Link, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        events.emit(link=link, event="link.changed", now=now)


def test_an_event_of_a_write_that_is_rolled_back_is_none(link: Link, hook: Any, now: datetime) -> None:
    with transaction.atomic():
        links.disable_link(actor=SYSTEM, link=link, now=now)
        transaction.set_rollback(True)
    assert told() == []


def test_a_payload_says_nothing_of_the_password(link: Link, hook: Any, now: datetime) -> None:
    link.password_hash = "argon2$secret"
    events.emit(link=link, event="link.changed", now=now)
    assert "argon2" not in str(WebhookDelivery.objects.get().payload)
