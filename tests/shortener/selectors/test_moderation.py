from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import PermissionDenied
from shortener.models import AbuseReport
from shortener.selectors import moderation
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")


def report(link: Any, reporter: str, at: datetime, **facts: Any) -> AbuseReport:
    given = {"address": f"https://go.example.com/{link.slug}", "reason": "spam", "created_at": at} | facts
    return AbuseReport.objects.create(link=link, reporter=reporter, **given)


def test_the_queue_groups_by_link_and_puts_many_reporters_first(now: datetime) -> None:
    quiet, loud = LinkFactory(slug="quiet"), LinkFactory(slug="loud")
    report(quiet, "a", now + timedelta(hours=1))
    report(loud, "a", now)
    report(loud, "b", now + timedelta(minutes=5), reason="phishing")
    first, second = moderation.queue(ROOT)
    assert (first.link, first.reports, first.people, first.reasons) == (loud, 2, 2, ["phishing", "spam"])
    assert (first.first_at, first.last_at) == (now, now + timedelta(minutes=5))
    assert second.link == quiet


def test_what_was_decided_is_in_no_queue(now: datetime) -> None:
    report(LinkFactory(), "a", now, state="dismissed")
    assert moderation.queue(ROOT) == []


def test_everything_else_is_for_administrators(alice: Any, actor_of: Callable[..., Actor]) -> None:
    for look in (moderation.queue, moderation.bans, moderation.rules, moderation.reports):
        with pytest.raises(PermissionDenied):
            look(actor_of(alice))


def test_links_to_a_host_are_found_with_its_subdomains() -> None:
    LinkFactory(slug="below", target_hosts=["a.evil.org"])
    LinkFactory(slug="other", target_hosts=["evil.org.example"])
    assert [link.slug for link in moderation.links_to("EVIL.org.")] == ["below"]


@pytest.mark.parametrize(
    "text",
    ["go.example.com/Bad", "http://go.example.com/Bad/more", "https://go.example.com/Bad+", "//go.example.com/Bad"],
)
def test_a_short_address_is_understood_in_many_forms(text: str) -> None:
    link = LinkFactory(slug="Bad", domain__name="go.example.com")
    assert moderation.link_named(text) == link


@pytest.mark.parametrize("text", ["", " ", "go.example.com", "go.example.com/", "http://[", "a\0b", "other.org/Bad"])
def test_what_is_no_short_address_names_nothing(text: str) -> None:
    LinkFactory(slug="Bad", domain__name="go.example.com")
    assert moderation.link_named(text) is None


def test_the_link_url_of_the_portal_means_the_default_domain(settings: Any) -> None:
    link = LinkFactory(slug="a", domain=DomainFactory(name="localhost", is_default=True))
    assert moderation.link_named(f"{settings.PORTAL_LINK_URL}/a") == link


def test_a_domain_with_a_port_of_its_own_is_found() -> None:
    link = LinkFactory(slug="a", domain__name="go.example.com:8080")
    assert moderation.link_named("http://go.example.com:8080/a") == link


@pytest.mark.parametrize(
    ("text", "host"),
    [("https://A.org/x", "a.org"), ("a.ORG", "a.org"), ("a.org:80/x", "a.org"), ("no host", "no host")],
)
def test_a_host_is_understood_alone_and_in_an_address(text: str, host: str) -> None:
    assert moderation.host_named(text) == host
