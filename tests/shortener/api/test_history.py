from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.models import Link
from shortener.services import links
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
Api = Callable[..., Any]


def url(link: Link) -> str:
    return f"/api/v1/links/{link.public_id}/history/"


@pytest.fixture
def changed(team: Any, bob: Any, actor_of: Callable[..., Actor], now: datetime) -> Any:
    link = LinkFactory(team=team, title="Old")
    return links.update_link(actor=actor_of(bob), link=link, values={"title": "New"}, now=now)


def test_it_tells_who_changed_what(api_for: Api, changed: Link) -> None:
    entry = api_for("links:read").get(url(changed)).json()["items"][0]
    assert (entry["action"], entry["actor"], entry["at"]) == ("link.updated", "Bob", "2026-03-04T12:00:00Z")
    assert entry["changes"] == [{"field": "title", "before": "Old", "after": "New"}]


def test_a_password_is_never_told(api_for: Api, team: Any) -> None:
    api = api_for("links:write", "links:read")
    made = api.post("/api/v1/links/", {"target": "https://example.org/", "password": "tell-nobody-1"}).json()
    answer = api.get(f"/api/v1/links/{made['id']}/history/")
    assert "tell-nobody-1" not in answer.content.decode()
    assert "argon2" not in answer.content.decode()


def test_it_goes_on_by_cursor(api_for: Api, changed: Link, now: datetime) -> None:
    links.disable_link(actor=Actor.system("test"), link=changed, now=now)
    api = api_for("links:read")
    first = api.get(url(changed), {"limit": 1}).json()
    second = api.get(url(changed), {"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [item["action"] for item in first["items"] + second["items"]] == ["link.disabled", "link.updated"]


def test_other_teams_see_what_they_did_themselves(api_for: Api, changed: Link, charlie: Any) -> None:
    assert api_for("links:read", user=charlie).get(url(changed)).json()["items"] == []


def test_a_private_teams_link_is_not_found(api_for: Api, changed: Link, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert api_for("links:read", user=charlie).get(url(changed)).status_code == 404


def test_it_needs_the_scope(api_for: Api, changed: Link) -> None:
    assert api_for("links:create").get(url(changed)).status_code == 403
