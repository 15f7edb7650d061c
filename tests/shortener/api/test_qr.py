from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

Api = Callable[..., Any]


def url(link: Any) -> str:
    return f"/api/v1/links/{link.public_id}/qr/"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "image/png"])
@pytest.mark.parametrize(("kind", "media_type"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_a_code_is_drawn_as_asked(kind: str, media_type: str, accept: str, api_for: Api, team: Any) -> None:
    response = api_for("links:read").get(url(LinkFactory(team=team)), {"format": kind}, headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, media_type)


def test_all_wrong_options_are_named_in_a_problem(api_for: Api, team: Any) -> None:
    response = api_for("links:read").get(url(LinkFactory(team=team)), {"format": "gif", "size": "9", "level": "x"})
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert set(response.json()["errors"]) == {"format", "size", "level"}


def test_who_has_it_is_told_so(api_for: Api, team: Any) -> None:
    api, address = api_for("links:read"), url(LinkFactory(team=team))
    again = api.get(address, headers={"If-None-Match": api.get(address)["ETag"]})
    assert again.status_code == 304


def test_another_scope_and_another_teams_private_link_get_none(api_for: Api, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    link = LinkFactory(team=team)
    assert api_for("links:create").get(url(link)).status_code == 403
    assert api_for("links:read", user=charlie).get(url(link)).status_code == 404


@pytest.mark.parametrize("name", ["format", "size", "margin", "level", "dark", "light", "logo"])
def test_odd_texts_are_refused_by_name(name: str, api_for: Api, team: Any) -> None:
    response = api_for("links:read").get(url(LinkFactory(team=team)), {name: "\u202e7"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {name})
