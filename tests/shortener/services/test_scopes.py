"""What the drain remembers of links and domains is never older than their last change."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from shortener.models import Click, ClickDay, Domain, Link, LinkChange, ScopeDay
from shortener.services import clicks
from tests.factories.accounts import TeamFactory
from tests.factories.shortener import DomainFactory, LinkFactory, click, ship

pytestmark = pytest.mark.django_db


def follow(link: Any, now: datetime, *, number: int = 1, **facts: Any) -> dict[str, Any]:
    """One drained click of the link; what the log keeps of it."""
    ship(click(link.pk, referrer="https://news.example/", address="8.8.8.8", language="de", **facts), number=number)
    clicks.drain(now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT network, country, device, referrer, visitor <> '' FROM shortener_click LIMIT 1 OFFSET %s",
            [number - 1],
        )
        return dict(zip(("network", "country", "device", "referrer", "has_visitor"), cursor.fetchone(), strict=True))


def test_everything_is_recorded_unless_a_domain_says_otherwise(now: datetime) -> None:
    assert follow(LinkFactory(), now) == {
        "network": "8.8.8.0/24", "country": "US", "device": "desktop", "referrer": "news.example", "has_visitor": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("switch", "gone"),
    [
        ("records_network", {"network": "", "country": ""}),
        ("records_device", {"device": ""}),
        ("records_referrer", {"referrer": ""}),
        ("records_visitor", {"has_visitor": False}),
    ],
)
def test_what_a_domain_does_not_record_is_nowhere(switch: str, gone: dict[str, Any], now: datetime) -> None:
    found = follow(LinkFactory(domain=DomainFactory(**{switch: False})), now)
    assert {name: found[name] for name in gone} == gone


def test_a_switch_holds_from_the_next_batch_on(now: datetime) -> None:
    link = LinkFactory()
    follow(link, now)
    Domain.objects.filter(pk=link.domain_id).update(records_referrer=False)
    assert follow(link, now, number=2)["referrer"] == ""


def test_who_opted_out_is_counted_and_nothing_else(now: datetime) -> None:
    found = follow(LinkFactory(), now, opted_out=True)
    assert set(found.values()) == {"", False}
    assert ClickDay.objects.get().people == 1


def test_a_domain_may_disregard_the_wish(now: datetime) -> None:
    link = LinkFactory(domain=DomainFactory(respects_opt_out=False))
    assert follow(link, now, opted_out=True)["referrer"] == "news.example"


def test_a_link_that_changed_its_team_counts_for_the_new_one(now: datetime) -> None:
    link = LinkFactory()
    former, other = link.team_id, TeamFactory()
    follow(link, now)
    Link.objects.filter(pk=link.pk).update(team=other)
    LinkChange.objects.create(link_id=link.pk)
    follow(link, now, number=2)
    teams = dict(ScopeDay.objects.filter(scope="team").values_list("scope_id", "people"))
    assert teams == {former: 1, other.pk: 1}


def test_what_is_remembered_for_long_is_read_again(now: datetime) -> None:
    link = LinkFactory()
    other = TeamFactory()
    follow(link, now)
    Link.objects.filter(pk=link.pk).update(team=other)
    follow(link, now + timedelta(hours=2), number=2)
    assert ScopeDay.objects.filter(scope="team", scope_id=other.pk).exists()


def test_a_link_that_is_in_no_table_is_counted_for_nobody(now: datetime) -> None:
    ship(click(987_654_321))
    clicks.drain(now=now)
    assert (ClickDay.objects.count(), ScopeDay.objects.count(), Click.objects.count()) == (1, 0, 1)
