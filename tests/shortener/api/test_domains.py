import json
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import Domain
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.pictures import png

pytestmark = pytest.mark.django_db

Api = Callable[..., Any]
URL = "/api/v1/domains/"


def test_domains_of_all_teams_and_of_ones_own_are_listed(api_for: Api, team: Any, other_team: Any) -> None:
    DomainFactory(name="all.example.com")
    DomainFactory(name="own.example.com", team=team)
    DomainFactory(name="theirs.example.com", team=other_team)
    items = api_for("links:read").get(URL).json()["items"]
    assert [item["name"] for item in items] == ["own.example.com", "all.example.com"]


@pytest.mark.parametrize("key", ["public_id", "name"])
def test_one_domain_is_shown_by_its_id_or_name(key: str, api_for: Api) -> None:
    domain = DomainFactory(name="go.example.com", is_default=True, pages={"unknown": {"title": "Lost?"}}, logo=png())
    response = api_for("links:read").get(f"{URL}{getattr(domain, key)}/")
    body = response.json()
    assert (body["id"], body["team"], body["is_default"], body["has_logo"]) == (domain.public_id, None, True, True)
    assert (body["root_page"], body["unknown_page"], response["ETag"]) == (None, {"title": "Lost?"}, '"1"')
    assert "logo" not in body


def test_a_domain_that_does_not_exist_is_not_found(api_for: Api) -> None:
    assert api_for("links:read").get(f"{URL}dom_x/").status_code == 404


def test_a_domain_is_added_with_all_that_it_is(api_for: Api, team: Any) -> None:
    given = {
        "name": "GO.example.com",
        "team": team.slug,
        "case_sensitive": False,
        "is_team_default": True,
        "root_page": {"target": "https://example.org"},
        "expired_page": {"title": "Over", "text": "Too late."},
        "records_visitor": False,
        "logo": b64encode(png()).decode(),
    }
    response = api_for("domains:admin").post(URL, given, format="json")
    body = response.json()
    assert response.status_code == 201
    assert (body["name"], body["root_page"]) == ("go.example.com", {"target": "https://example.org/"})
    assert (body["records_visitor"], body["has_logo"], body["is_team_default"]) == (False, True, True)


def test_links_go_to_the_teams_default_from_then_on(api_for: Api, team: Any) -> None:
    DomainFactory(name="own.example.com", team=team, is_team_default=True)
    made = api_for("links:create").post("/api/v1/links/", {"target": "https://example.org"}, format="json")
    assert made.json()["short_url"].startswith("http://own.example.com:8001/")


def test_all_errors_come_at_once(api_for: Api, team: Any) -> None:
    given = {"name": "x", "root_page": {"target": "data:x"}, "logo": "x", "case_sensitive": "maybe", "color": "red"}
    body = api_for("domains:admin").post(URL, {**given, "team": "nowhere"}, format="json").json()
    assert set(body["errors"]) == {*given, "team"}


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 100_000])
def test_odd_texts_are_refused_by_name(text: str, api_for: Api) -> None:
    given = {"name": text, "team": text, "logo": text, "unknown_page": {"title": text}, "root_page": {"target": text}}
    response = api_for("domains:admin").post(URL, json.dumps(given), content_type="application/json")
    assert (response.status_code, set(response.json()["errors"])) == (422, set(given))


def test_a_name_that_is_used_is_a_conflict(api_for: Api, team: Any) -> None:
    DomainFactory(name="go.example.com")
    response = api_for("domains:admin").post(URL, {"name": "go.example.com", "team": team.slug}, format="json")
    assert (response.status_code, set(response.json()["errors"])) == (409, {"name"})


def test_only_administrators_add_one_without_a_team(api_for: Api, admin_user: Any) -> None:
    given = {"name": "go.example.com"}
    assert api_for("domains:admin").post(URL, given, format="json").status_code == 403
    assert api_for("domains:admin", user=admin_user).post(URL, given, format="json").status_code == 201


def test_a_change_names_the_version_that_it_saw(api_for: Api, team: Any) -> None:
    url, api = f"{URL}{DomainFactory(team=team).public_id}/", api_for("domains:admin")
    assert api.patch(url, {"respects_opt_out": False}, format="json", headers={"If-Match": '"1"'}).status_code == 200
    assert api.patch(url, {"respects_opt_out": True}, format="json", headers={"If-Match": '"1"'}).status_code == 412


def test_the_case_rule_is_told_to_be_in_the_way(api_for: Api, team: Any) -> None:
    domain = DomainFactory(team=team)
    LinkFactory(domain=domain, slug="A")
    LinkFactory(domain=domain, slug="a")
    response = api_for("domains:admin").patch(f"{URL}{domain.public_id}/", {"case_sensitive": False}, format="json")
    assert (response.status_code, set(response.json()["errors"])) == (409, {"case_sensitive"})


def test_a_domain_is_archived_and_restored(api_for: Api, team: Any) -> None:
    url, api = f"{URL}{DomainFactory(team=team).public_id}", api_for("domains:admin")
    assert api.post(f"{url}/archive/").json()["archived_at"] is not None
    assert api.post(f"{url}/restore/").json()["archived_at"] is None


@pytest.mark.parametrize("scopes", [("links:write",), ("links:read",), ("stats:read",)])
def test_other_scopes_change_no_domain(scopes: tuple[str, ...], api_for: Api, team: Any) -> None:
    api, url = api_for(*scopes), f"{URL}{DomainFactory(team=team).public_id}"
    assert api.post(URL, {"name": "go.example.com"}, format="json").status_code == 403
    assert api.patch(f"{url}/", {}, format="json").status_code == 403
    assert api.post(f"{url}/archive/").status_code == 403
    assert Domain.objects.count() == 1


def test_a_colleague_may_not_and_an_outsider_finds_nothing(
    api_for: Api, bob: Any, charlie: Any, team: Any, now: datetime
) -> None:
    url = f"{URL}{DomainFactory(team=team, archived_at=now).public_id}/restore/"
    assert api_for("domains:admin", user=bob).post(url).status_code == 403
    assert api_for("domains:admin", user=charlie).post(url).status_code == 404
