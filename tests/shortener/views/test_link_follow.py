import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shortener.domain.segments import decode
from shortener.models import Segment
from shortener.services import clicks, passwords
from tests.factories.shortener import FIREFOX, DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

OWN = {"unknown": {"title": "<b>Lost</b>", "text": "Go home"}, "expired": {"target": "https://example.org/over"}}


def path(link: Any, suffix: str = "") -> str:
    return f"/go/{link.domain.name}/{link.slug}{suffix}"


@pytest.fixture
def secret() -> Any:
    return LinkFactory(password_hash=make_password("open sesame"), slug="secret")


def test_a_preview_shows_the_target_and_no_statistics(client: Any) -> None:
    link = LinkFactory(title="Launch <b>")
    page = client.get(path(link, "+"))
    assert page.status_code == 200
    assert [text in page.content.decode() for text in (link.target, "Launch &lt;b&gt;", "Clicks", "<img")] == [
        True,
        True,
        False,
        False,
    ]
    assert not Segment.objects.exists()


def test_a_link_with_a_preview_of_its_own_shows_it_first_and_then_leads_on(client: Any) -> None:
    link = LinkFactory(preview=True)
    assert client.get(path(link)).status_code == 200
    assert client.get(path(link, "?continue=1")).headers["Location"] == link.target


def test_the_way_on_forwards_the_visitors_query_and_not_our_own(client: Any) -> None:
    link = LinkFactory(preview=True, forward_query=True)
    page = client.get(path(link, "?a=1"))
    assert f'href="{path(link)}?a=1&amp;continue=1"' in page.content.decode()
    assert client.get(path(link, "?a=1&continue=1")).headers["Location"] == f"{link.target}?a=1"


def test_a_preview_says_that_a_link_leads_others_elsewhere(client: Any) -> None:
    rule = {"id": 1, "conditions": [{"type": "language", "values": ["de"]}], "target": "https://example.org/de"}
    link = LinkFactory(rules=[rule])
    page = client.get(path(link, "+"), headers={"Accept-Language": "de"}).content.decode()
    assert "https://example.org/de" in page
    assert "h\u00e4ngt davon ab" in page


def test_following_redirects_and_is_counted_by_the_drain(client: Any) -> None:
    link = LinkFactory(redirect_status=307)
    response = client.get(path(link), headers={"User-Agent": "curl/8"})
    assert (response.status_code, response.headers["Location"]) == (307, link.target)
    assert clicks.drain(now=timezone.now()).clicks == 1


def test_the_record_names_the_rule_and_the_opt_out(client: Any) -> None:
    link = LinkFactory(rules=[{"id": 4, "conditions": [], "target": "https://example.org/4"}])
    client.get(path(link), headers={"User-Agent": FIREFOX, "DNT": "1"})
    [record] = decode(bytes(Segment.objects.get().body))
    assert (record.rule, record.variant, record.opted_out, record.user_agent) == (4, 0, True, FIREFOX)


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}])
def test_a_prefetch_redirects_and_is_no_click(client: Any, headers: dict[str, str]) -> None:
    assert client.get(path(LinkFactory()), headers=headers).status_code == 302
    assert not Segment.objects.exists()


def test_a_head_redirects_and_is_no_click(client: Any) -> None:
    assert client.head(path(LinkFactory())).status_code == 302
    assert not Segment.objects.exists()


@pytest.mark.parametrize(("state", "status"), [("disabled", 410), ("banned", 451), ("deleted", 404)])
def test_a_link_that_does_not_work_says_why(state: str, status: int, client: Any) -> None:
    assert client.get(path(LinkFactory(state=state))).status_code == status


def test_an_expired_link_is_gone_even_in_its_preview(client: Any) -> None:
    link = LinkFactory(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path(link, "+")).status_code == 410


def test_an_expired_link_leads_to_where_its_owner_said(client: Any) -> None:
    link = LinkFactory(expires_at=timezone.now() - timedelta(seconds=1), expired_target="https://example.org/over")
    assert client.get(path(link)).headers["Location"] == "https://example.org/over"


def test_a_used_up_link_is_gone(client: Any) -> None:
    link = LinkFactory(max_visits=1)
    answers = [client.get(path(link), headers={"User-Agent": FIREFOX}).status_code for _ in range(3)]
    assert answers == [302, 410, 410]


@pytest.mark.parametrize("address", ["/go/nowhere.example/x", "/go/nowhere.example/x+", "/go/a/b%20x"])
def test_what_is_no_link_is_not_found(address: str, client: Any) -> None:
    assert client.get(address).status_code == 404


def test_pages_speak_german_too(client: Any) -> None:
    page = client.get("/go/nowhere.example/x", headers={"Accept-Language": "de-AT,en;q=0.5"})
    assert '<html lang="de"' in page.content.decode()
    assert page.headers["Content-Language"] == "de"


def test_programs_get_a_problem(client: Any) -> None:
    link = LinkFactory(state="banned")
    answer = client.get(path(link), headers={"Accept": "application/json"})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.json()["type"], answer.json()["status"]) == ("urn:problem:link:banned", 451)


def test_a_domain_has_pages_of_its_own(client: Any) -> None:
    domain = DomainFactory(pages=OWN, root_target="https://example.org/home")
    over = LinkFactory(domain=domain, expires_at=timezone.now() - timedelta(seconds=1))
    page = client.get(f"/go/{domain.name}/nothing")
    assert (page.status_code, "&lt;b&gt;Lost&lt;/b&gt;" in page.content.decode()) == (404, True)
    assert client.get(path(over)).headers["Location"] == "https://example.org/over"
    assert client.get(f"/go/{domain.name}/").headers["Location"] == "https://example.org/home"


def test_whoever_guesses_is_told_to_wait_and_known_links_are_not_refused(client: Any, settings: Any) -> None:
    settings.PORTAL_UNKNOWN_LINKS_PER_MINUTE = 2
    link = LinkFactory()
    answers = [client.get(path(link, f"guess{number}")) for number in range(3)]
    assert [one.status_code for one in answers] == [404, 404, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert client.get(path(link)).status_code == 302


def test_a_password_is_asked_for_by_a_form_that_shows_no_target(client: Any, secret: Any) -> None:
    page = client.get(path(secret))
    assert (page.status_code, secret.target in page.content.decode()) == (401, False)
    assert 'type="password"' in page.content.decode()
    assert client.get(path(secret, "+")).status_code == 401
    assert not Segment.objects.exists()


def test_a_program_is_told_of_the_password(client: Any, secret: Any) -> None:
    answer = client.get(path(secret), headers={"Accept": "application/json"})
    assert (answer.status_code, json.loads(answer.content)["form"]) == (401, f"http://testserver{path(secret)}")
    assert answer.headers["WWW-Authenticate"] == 'Form realm="link"'


def test_whoever_knows_the_password_is_led_on_and_counted_once(client: Any, secret: Any) -> None:
    first = client.post(path(secret, "?a=1"), {"password": "open sesame"})
    assert (first.status_code, first.headers["Location"]) == (303, path(secret, "?a=1"))
    second = client.get(first.headers["Location"], headers={"User-Agent": FIREFOX})
    assert (second.status_code, second.headers["Location"]) == (302, secret.target)
    assert second.headers["Cache-Control"] == "private, no-store"
    assert clicks.drain(now=timezone.now()).clicks == 1


def test_the_cookie_is_short_and_closed(client: Any, secret: Any) -> None:
    cookie = client.post(path(secret), {"password": "open sesame"}).cookies[passwords.cookie_name(secret)]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/go/", 600)


def test_a_changed_link_asks_again(client: Any, secret: Any) -> None:
    client.post(path(secret), {"password": "open sesame"})
    secret.version += 1
    secret.save()
    assert client.get(path(secret)).status_code == 401


@pytest.mark.parametrize(("password", "words"), [("wrong", "That is not"), ("", "Give the password")])
def test_anything_else_leads_nowhere(client: Any, secret: Any, password: str, words: str) -> None:
    page = client.post(path(secret), {"password": password})
    assert page.status_code == 401
    assert words in page.content.decode()
    assert not page.cookies.get(passwords.cookie_name(secret))


def test_after_too_many_passwords_even_the_right_one_waits(client: Any, secret: Any) -> None:
    for _ in range(passwords.PER_CLIENT.limit):
        client.post(path(secret), {"password": "wrong"})
    page = client.post(path(secret), {"password": "open sesame"}, headers={"Accept-Language": "de"})
    assert (page.status_code, "zu viele Passw\u00f6rter" in page.content.decode()) == (429, True)
    assert 1 <= int(page.headers["Retry-After"]) <= 60


def test_a_password_never_comes_by_the_address(client: Any, secret: Any) -> None:
    assert client.get(path(secret, "?password=open+sesame")).status_code == 401


def test_a_form_of_another_site_is_refused(secret: Any) -> None:
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(path(secret), {"password": "open sesame"}).status_code == 403


def test_a_link_that_is_over_asks_for_no_password(client: Any) -> None:
    link = LinkFactory(password_hash=make_password("x"), expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path(link)).status_code == 410
    assert client.post(path(link), {"password": "x"}).status_code == 303


def test_a_post_to_a_link_without_password_leads_to_its_get(client: Any) -> None:
    answer = client.post(path(LinkFactory(slug="open")), {"password": "x"})
    assert (answer.status_code, answer.headers["Location"].endswith("/open")) == (303, True)


def test_the_redirect_behind_the_form_may_lead_anywhere(client: Any, secret: Any) -> None:
    assert "form-action 'self' https: http:" in client.get(path(secret)).headers["Content-Security-Policy"]
