from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Link
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

URL = "/links/new/"
ClientFor = Callable[[Any], Any]


def given(team: Any, **more: str) -> dict[str, str]:
    return {"target": "https://example.org", "team": team.slug, "redirect_status": "302", **more}


def test_a_link_is_made_and_shown(client_for: ClientFor, bob: Any, team: Any) -> None:
    response = client_for(bob).post(URL, given(team, tags="Spring, mail"), follow=True)
    link = Link.objects.get()
    assert (link.target, link.tags, link.created_by) == ("https://example.org/", ["spring", "mail"], bob)
    assert f"http://localhost:8001/{link.slug}" in response.content.decode()


def test_a_chosen_slug_and_an_end_are_kept(client_for: ClientFor, bob: Any, team: Any) -> None:
    client_for(bob).post(URL, given(team, slug="launch", expires_at="2030-01-01T12:00:00"))
    link = Link.objects.get()
    assert link.slug == "launch"
    assert link.expires_at is not None
    assert link.expires_at.year == 2030


def test_a_bad_target_stands_at_its_field_and_nothing_is_lost(client_for: ClientFor, bob: Any, team: Any) -> None:
    page = client_for(bob).post(URL, given(team, target="javascript:alert(1)", title="Kept")).content.decode()
    assert "Only http:// and https://" in page
    assert 'value="Kept"' in page
    assert not Link.objects.exists()


def test_a_taken_slug_comes_with_a_suggestion(client_for: ClientFor, bob: Any, team: Any) -> None:
    LinkFactory(slug="launch", domain=DomainFactory(is_default=True))
    page = client_for(bob).post(URL, given(team, slug="launch")).content.decode()
    assert "launch-2" in page


def test_the_target_may_be_handed_over_in_the_address(client_for: ClientFor, bob: Any) -> None:
    assert (
        'value="https://example.org/x"'
        in client_for(bob).get(URL, {"target": "https://example.org/x"}).content.decode()
    )


def test_the_only_team_of_ones_own_is_taken_without_asking(client_for: ClientFor, bob: Any, other_team: Any) -> None:
    page = client_for(bob).get(URL).content.decode()
    assert 'type="hidden" name="team" value="payments"' in page
    assert ">Search</option>" not in page


def test_a_viewer_cannot_make_one(client_for: ClientFor, vera: Any, team: Any) -> None:
    client_for(vera).post(URL, given(team))
    assert not Link.objects.exists()


def test_several_teams_and_domains_are_offered(
    client_for: ClientFor, admin_user: Any, team: Any, other_team: Any
) -> None:
    DomainFactory(is_default=True)
    DomainFactory(name="go.example.com")
    page = client_for(admin_user).get(URL).content.decode()
    assert ">Payments</option>" in page
    assert ">go.example.com</option>" in page


def test_what_was_handed_over_and_left_as_it_was_is_kept(client_for: ClientFor, bob: Any, team: Any) -> None:
    client_for(bob).post(f"{URL}?title=News&target=https://example.org", given(team, title="News"))
    assert (Link.objects.get().title, Link.objects.get().target) == ("News", "https://example.org/")


def test_every_option_and_a_rule_are_made_at_once(client_for: ClientFor, bob: Any, team: Any) -> None:
    rule = {"rules_count": "1", "rule0-targets": "1", "rule0-country": "at", "rule0-to0-target": "https://a.example"}
    more = {"max_visits": "3", "password": "secret", "forward_path": "on", "utm_source": "mail"}
    client_for(bob).post(URL, given(team, **rule, **more))
    link = Link.objects.get()
    assert (link.target, link.max_visits, link.forward_path) == ("https://example.org/?utm_source=mail", 3, True)
    assert (link.rules[0]["conditions"], bool(link.password_hash)) == ([{"type": "country", "values": ["AT"]}], True)


def test_the_answer_with_a_password_is_kept_by_nobody(client_for: ClientFor, bob: Any, team: Any) -> None:
    response = client_for(bob).post(URL, given(team, target="x", password="secret"))
    assert "no-store" in response["Cache-Control"]
