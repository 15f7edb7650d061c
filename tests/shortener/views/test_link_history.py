from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.models import Link
from shortener.services import links
from shortener.views import link_history
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
ActorOf = Callable[[Any], Actor]


def url(link: Link) -> str:
    return f"/links/{link.public_id}/history/"


@pytest.fixture
def changed(team: Any, bob: Any, actor_of: ActorOf, now: datetime) -> Any:
    link = LinkFactory(team=team, title="Old words")
    values = {"title": "New words", "expires_at": now + timedelta(days=1)}
    return links.update_link(actor=actor_of(bob), link=link, values=values, now=now)


def test_it_tells_who_changed_what_from_what_to_what(client_for: ClientFor, vera: Any, changed: Link) -> None:
    page = client_for(vera).get(url(changed)).content.decode()
    assert "Changed by Bob" in page
    assert "Title: Old words → New words" in page
    assert "2026-03-05T12:00:00+00:00" in page


def test_a_deleted_link_has_its_history_still(
    client_for: ClientFor, bob: Any, changed: Link, actor_of: ActorOf, now: datetime
) -> None:
    links.delete_link(actor=actor_of(bob), link=changed, now=now)
    assert "Deleted by Bob" in client_for(bob).get(url(changed)).content.decode()


def test_it_goes_on_over_pages(
    client_for: ClientFor, bob: Any, changed: Link, actor_of: ActorOf, now: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(link_history, "SIZE", 1)
    links.disable_link(actor=actor_of(bob), link=changed, now=now)
    browser = client_for(bob)
    assert "New words" not in browser.get(url(changed)).content.decode()
    assert "New words" in browser.get(url(changed), {"page": 2}).content.decode()


def test_strangers_to_the_team_see_no_history(client_for: ClientFor, charlie: Any, changed: Link) -> None:
    assert "Nothing to show" in client_for(charlie).get(url(changed)).content.decode()


def test_a_private_teams_link_is_not_found(client_for: ClientFor, charlie: Any, team: Any, changed: Link) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(url(changed)).status_code == 404


def test_hostile_titles_are_escaped(client_for: ClientFor, bob: Any, team: Any, actor_of: ActorOf, now: Any) -> None:
    link = LinkFactory(team=team)
    links.update_link(actor=actor_of(bob), link=link, values={"title": "<script>alert(1)</script>"}, now=now)
    assert "<script>alert(1)" not in client_for(bob).get(url(link)).content.decode()
