from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from shortener.models import Ban, LinkTotal, TargetCheck
from shortener.services import clicks, links
from tests.factories.shortener import LinkFactory, click, ship

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def shown(browser: Any, link: Any, **query: str) -> str:
    page: str = browser.get(f"/links/{link.public_id}/", query).content.decode()
    return page


def test_the_page_shows_the_address_and_where_it_leads(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, domain__name="go.example.com")
    page = shown(client_for(bob), link)
    assert f"http://go.example.com:8001/{link.slug}" in page
    assert link.target in page


def test_clicks_are_drawn_and_told_by_their_source(client_for: ClientFor, bob: Any, team: Any) -> None:
    link, now = LinkFactory(team=team), timezone.now()
    ship(click(link.pk, at=now, referrer="https://news.example/", address="8.8.8.8"), received_at=now)
    clicks.drain(now=now)
    page = shown(client_for(bob), link)
    assert "Clicks per hour" in page
    assert "news.example" in page
    assert "<svg" in page


@pytest.mark.parametrize(
    ("key", "step"), [("24h", "hour"), ("7d", "hour"), ("30d", "day"), ("90d", "day"), ("x", "hour")]
)
def test_the_range_decides_the_step(key: str, step: str, client_for: ClientFor, bob: Any, team: Any) -> None:
    assert f"Clicks per {step}" in shown(client_for(bob), LinkFactory(team=team), range=key)


def test_a_manager_reads_the_history(client_for: ClientFor, alice: Any, team: Any) -> None:
    link = LinkFactory(team=team, title="Old")
    links.update_link(actor=Actor.system("import"), link=link, values={"title": "New"}, now=timezone.now())
    page = shown(client_for(alice), link)
    assert "Changed by import" in page
    assert "Old → New" in page


def test_a_viewer_sees_no_buttons(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert "/edit/" not in shown(client_for(vera), LinkFactory(team=team))


def test_the_page_asks_few_questions(client_for: ClientFor, bob: Any, team: Any) -> None:
    browser, link = client_for(bob), LinkFactory(team=team)
    shown(browser, link)
    with CaptureQueriesContext(connection) as questions:
        shown(browser, link)
    assert len(questions) <= 25


def test_a_private_link_is_not_found_by_others(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(f"/links/{LinkFactory(team=team).public_id}/").status_code == 404


def test_everything_is_told_in_plain_words(client_for: ClientFor, bob: Any, team: Any) -> None:
    facts = {"forward_path": True, "forward_query": True, "preview": True, "is_indexed": True, "max_visits": 5}
    page = shown(client_for(bob), LinkFactory(team=team, password_hash="argon2$x", external_id="crm-7", **facts))
    told = ["asked for a password", "For 5 people", "crm-7", "query is passed on", "no browser keeps it"]
    told += ["leads to a/b below", "Search engines may list it", "before they go there"]
    assert [words for words in told if words not in page] == []
    assert "argon2" not in page


def test_a_redirect_that_browsers_keep_says_for_how_long(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = shown(client_for(bob), LinkFactory(team=team, redirect_status=301))
    assert "browsers keep it for 1 h (the usual time)" in page


def test_rules_are_told_in_order_with_their_shares(client_for: ClientFor, bob: Any, team: Any) -> None:
    variants = [{"target": "https://a.example/", "weight": 3}, {"target": "https://b.example/", "weight": 1}]
    phones = [{"type": "device", "values": ["phone"]}]
    link = LinkFactory(team=team, rules=[{"id": 1, "name": "Split", "conditions": phones, "variants": variants}])
    page = shown(client_for(bob), link)
    assert "1 rule</a> decides otherwise" in page
    assert "Visitors on a phone" in page
    assert "75\u00a0%</span> https://a.example/" in page


def test_the_address_has_a_qr_code_and_a_preview(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    page = shown(client_for(bob), link)
    assert f'src="/links/{link.public_id}/qr.svg?size=256"' in page
    assert f'{link.slug}+"' in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"not_before": 1}, "Begins <time"),
        ({"not_before": -2, "expires_at": -1}, "Ended <time"),
        ({"expires_at": 1}, "Nobody has followed it yet"),
    ],
)
def test_a_banner_says_what_is_up(days: dict[str, int], words: str, client_for: ClientFor, bob: Any, team: Any) -> None:
    now = timezone.now()
    link = LinkFactory(team=team, **{name: now + timedelta(days=number) for name, number in days.items()})
    assert words in shown(client_for(bob), link)


def test_a_disabled_link_tells_how_to_switch_it_on(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, state="disabled")
    assert "Switch it on</a> to make it work again" in shown(client_for(bob), link)


def test_a_banned_link_tells_why_and_whom_to_ask(client_for: ClientFor, bob: Any, team: Any) -> None:
    ban = Ban.objects.create(kind="link", value="x", reason="Phishing.", created_at=timezone.now())
    page = shown(client_for(bob), LinkFactory(team=team, ban=ban))
    assert "Phishing." in page
    assert "ask an administrator" in page
    assert "/moderation/bans/" not in page


def test_administrators_are_led_to_where_bans_are_lifted(client_for: ClientFor, admin_user: Any, team: Any) -> None:
    ban = Ban.objects.create(kind="link", value="x", reason="Phishing", created_at=timezone.now())
    page = shown(client_for(admin_user), LinkFactory(team=team, ban=ban))
    assert "/moderation/bans/" in page
    assert "ask an administrator" not in page


def test_a_used_up_link_and_a_dead_target_are_told(client_for: ClientFor, bob: Any, team: Any) -> None:
    used, dead = LinkFactory(team=team, max_visits=2), LinkFactory(team=team)
    LinkTotal.objects.create(link=used, people=2, last_click_at=timezone.now())
    TargetCheck.objects.create(link=dead, due_at=timezone.now(), dead_since=timezone.now(), status=404)
    assert "2 people have passed" in shown(client_for(bob), used)
    assert "(status 404)" in shown(client_for(bob), dead)


def test_a_deleted_link_offers_to_restore_it_to_those_who_may(
    client_for: ClientFor, bob: Any, vera: Any, team: Any
) -> None:
    link = LinkFactory(team=team, slug="gone", state="deleted", deleted_at=timezone.now())
    answers = [client_for(person).get(f"/links/{link.public_id}/") for person in (bob, vera)]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert [f"/links/{link.public_id}/restore/" in answer.content.decode() for answer in answers] == [True, False]


def test_a_link_whose_days_in_the_trash_are_over_cannot_be_restored(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, target="", state="deleted", deleted_at=timezone.now() - timedelta(days=99))
    page = client_for(bob).get(f"/links/{link.public_id}/").content.decode()
    assert "only its slug is kept" in page
    assert f"/links/{link.public_id}/restore/" not in page
