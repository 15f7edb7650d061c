from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shortener.models import Link, LinkTotal
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/links/"
PHONES = [{"type": "device", "values": ["phone"]}]
Api = Callable[..., Any]


def test_a_link_is_made_of_its_target_alone(api_for: Api, team: Any) -> None:
    response = api_for("links:write").post(URL, {"target": "https://Example.org"})
    body = response.json()
    assert response.status_code == 201, body
    assert body["short_url"] == f"http://localhost:8001/{body['slug']}"
    assert (body["target"], body["team"], body["state"]) == ("https://example.org/", "payments", "active")
    assert body["id"].startswith("lnk_")
    assert response.headers["ETag"] == '"1"'


def test_a_create_only_token_creates_and_does_nothing_else(api_for: Api) -> None:
    api = api_for("links:create")
    link = api.post(URL, {"target": "https://example.org/"}).json()
    assert api.get(URL).status_code == 403
    assert api.delete(f"{URL}{link['id']}/").status_code == 403


def test_without_a_token_nothing_is_answered(client: Any) -> None:
    assert client.get(URL).status_code == 401


def test_every_option_can_be_given(api_for: Api) -> None:
    given = {
        "target": "https://example.org/",
        "slug": "launch",
        "title": "Launch",
        "tags": ["Spring", "spring", "mail"],
        "expires_at": "2030-01-01T00:00:00Z",
        "expired_target": "https://example.org/over",
        "redirect_status": 301,
        "max_age": 60,
        "forward_query": True,
        "forward_path": True,
        "preview": True,
        "is_indexed": True,
        "max_visits": 100,
        "is_open_without_counter": False,
        "rules": [{"id": 1, "name": "Phones", "conditions": PHONES, "target": "https://m.example.org/"}],
        "external_id": "crm-7",
    }
    body = api_for("links:write").post(URL, given).json()
    assert {name: body[name] for name in given} == given | {"tags": ["spring", "mail"]}


def test_all_field_errors_come_at_once(api_for: Api) -> None:
    bad = {"target": "ftp://x", "slug": "a b", "max_age": "x", "expires_at": "soon", "nonsense": 1, "tags": ["a,b"]}
    response = api_for("links:write").post(URL, bad)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == set(bad)


def test_a_taken_slug_is_a_conflict_with_a_suggestion(api_for: Api) -> None:
    api = api_for("links:write")
    given = {"target": "https://example.org/", "slug": "launch"}
    api.post(URL, given)
    response = api.post(URL, given)
    assert (response.status_code, response.json()["type"]) == (409, "urn:sre-portal:problem:slug-taken")
    assert '"launch-2" is free' in response.json()["detail"]
    assert response.json()["suggestion"] == "launch-2"


def test_a_link_to_a_short_link_is_refused(api_for: Api) -> None:
    response = api_for("links:write").post(URL, {"target": "http://LOCALHOST.:8001/abc"})
    assert "short link of this portal" in response.json()["errors"]["target"][0]


def test_an_idempotency_key_makes_one_link(api_for: Api) -> None:
    api = api_for("links:write")
    sent = [api.post(URL, {"target": "https://example.org/"}, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
    assert sent[0].json()["id"] == sent[1].json()["id"]
    assert Link.objects.count() == 1


def test_a_domain_can_be_chosen_by_name(api_for: Api) -> None:
    DomainFactory(name="go.example.com")
    body = api_for("links:write").post(URL, {"target": "https://example.org/", "domain": "go.example.com"}).json()
    assert body["short_url"].startswith("http://go.example.com:8001/")


def test_a_team_or_domain_that_cannot_be_used_is_named_with_the_other_errors(api_for: Api, other_team: Any) -> None:
    DomainFactory(name="go.example.com", team=other_team)
    response = api_for("links:write").post(URL, {"target": "x", "team": "nobody", "domain": "go.example.com"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"target", "team", "domain"})


def test_another_teams_name_is_refused(api_for: Api, other_team: Any) -> None:
    response = api_for("links:write").post(URL, {"target": "https://example.org/", "team": "search"})
    assert response.status_code == 403


def test_the_list_is_newest_first_and_goes_on_by_cursor(api_for: Api, team: Any) -> None:
    made = [LinkFactory(team=team).public_id for _ in range(3)]
    api = api_for("links:read")
    first = api.get(URL, {"limit": 2}).json()
    second = api.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None


def test_the_list_asks_no_more_questions_for_more_links(api_for: Api, team: Any) -> None:
    api = api_for("links:read")
    LinkFactory(team=team)
    with CaptureQueriesContext(connection) as one:
        api.get(URL)
    LinkFactory.create_batch(5, team=team)
    with CaptureQueriesContext(connection) as six:
        api.get(URL)
    assert len(six) <= len(one)


def test_a_link_is_looked_up_by_its_address(api_for: Api, team: Any) -> None:
    LinkFactory(team=team, slug="launch", domain=DomainFactory(name="a.example.com"))
    wanted = LinkFactory(team=team, slug="launch", domain=DomainFactory(name="b.example.com"))
    found = api_for("links:read").get(URL, {"domain": "b.example.com", "slug": "launch"}).json()["items"]
    assert [item["id"] for item in found] == [wanted.public_id]


@pytest.mark.parametrize("query", [{"state": "sideways"}, {"limit": "0"}])
def test_a_bad_query_is_refused_by_name(query: dict[str, str], api_for: Api) -> None:
    response = api_for("links:read").get(URL, query)
    assert (response.status_code, set(response.json()["errors"])) == (422, set(query))


def test_counting_follows_the_filters(api_for: Api, team: Any) -> None:
    LinkFactory(team=team, tags=["mail"])
    LinkFactory(team=team)
    assert api_for("links:read").get(f"{URL}count/", {"tag": "mail"}).json() == {"count": 1}


def test_one_link_has_an_etag_and_its_clicks(api_for: Api, team: Any) -> None:
    link = LinkFactory(team=team, version=4)
    LinkTotal.objects.create(link_id=link.pk, people=5, bots=2, last_click_at=timezone.now())
    response = api_for("links:read").get(f"{URL}{link.public_id}/")
    assert response.headers["ETag"] == '"4"'
    assert response.json()["clicks"] == {"people": 5, "bots": 2, "total": 7}


def test_a_change_names_the_version_that_it_saw(api_for: Api, team: Any) -> None:
    link = LinkFactory(team=team)
    api = api_for("links:write")
    url = f"{URL}{link.public_id}/"
    assert api.patch(url, {"title": "New"}, headers={"If-Match": '"1"'}).json()["version"] == 2
    assert api.patch(url, {"title": "Newer"}, headers={"If-Match": '"1"'}).status_code == 412


def test_a_link_is_stopped_and_started_by_its_state(api_for: Api, team: Any) -> None:
    url = f"{URL}{LinkFactory(team=team).public_id}/"
    api = api_for("links:write")
    assert api.patch(url, {"state": "disabled"}).json()["state"] == "disabled"
    assert api.patch(url, {"state": "active"}).json()["state"] == "active"


def test_an_expired_link_says_so(api_for: Api, team: Any) -> None:
    link = LinkFactory(team=team, expires_at=timezone.now() - timedelta(seconds=1))
    assert api_for("links:read").get(f"{URL}{link.public_id}/").json()["state"] == "expired"


def test_the_slug_cannot_be_changed(api_for: Api, team: Any) -> None:
    response = api_for("links:write").patch(f"{URL}{LinkFactory(team=team).public_id}/", {"slug": "other"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"slug"})


def test_a_deleted_link_is_gone_and_its_slug_taken(api_for: Api, team: Any) -> None:
    link = LinkFactory(team=team, slug="launch", domain=DomainFactory(is_default=True))
    api = api_for("links:write", "links:read")
    assert api.delete(f"{URL}{link.public_id}/").status_code == 204
    assert api.get(f"{URL}{link.public_id}/").status_code == 410
    assert api.post(URL, {"target": "https://example.org/", "slug": "launch"}).status_code == 409


def test_charlie_reads_but_does_not_touch(api_for: Api, charlie: Any, team: Any) -> None:
    url = f"{URL}{LinkFactory(team=team).public_id}/"
    api = api_for("links:read", "links:write", user=charlie)
    assert api.get(url).status_code == 200
    assert api.patch(url, {"title": "Mine"}).status_code == 403


def test_a_private_teams_link_is_not_found_by_charlie(api_for: Api, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    url = f"{URL}{LinkFactory(team=team).public_id}/"
    assert api_for("links:read", user=charlie).get(url).status_code == 404


def test_a_role_is_told_before_a_body_is_looked_at(api_for: Api, vera: Any, charlie: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    nonsense = {"target": 5, "colour": "red"}
    assert api_for("links:write", user=vera).post(URL, nonsense).status_code == 403
    assert api_for("links:write", user=charlie).post(URL, nonsense | {"team": "payments"}).status_code == 403
    for person in (vera, charlie):
        api = api_for("links:write", user=person)
        assert api.patch(f"{URL}{link.public_id}/", nonsense).status_code == 403


def test_an_unknown_link_is_told_before_a_body_is_looked_at(api_for: Api) -> None:
    assert api_for("links:write").patch(f"{URL}lnk_nothing/", {"target": 5}).status_code == 404


def test_an_external_id_is_made_once_and_changed_after_that(api_for: Api) -> None:
    api, body = api_for("links:write"), {"target": "https://example.org/", "external_id": "crm-7"}
    answers = [api.post(f"{URL}upsert/", body | {"title": title}) for title in ("A", "B", "B")]
    assert [(answer.status_code, answer.json()["version"]) for answer in answers] == [(201, 1), (200, 2), (200, 2)]


def test_an_upsert_needs_its_external_id_and_the_right_to_change(api_for: Api) -> None:
    assert set(api_for("links:write").post(f"{URL}upsert/", {}).json()["errors"]) == {"target", "external_id"}
    assert api_for("links:create").post(f"{URL}upsert/", {}).status_code == 403


@pytest.mark.parametrize("sort", ["newest", "oldest", "title", "clicks", "last_click"])
def test_every_order_goes_on_by_cursor(sort: str, api_for: Api, team: Any) -> None:
    for title, people in (("B", 2), ("A", 2), ("A", 0), ("C", 7)):
        link = LinkFactory(team=team, title=title)
        LinkTotal.objects.create(link_id=link.pk, people=people, last_click_at=timezone.now())
    api, words, seen = api_for("links:read"), {"sort": sort, "limit": "1"}, list[str]()
    for _ in range(4):
        page = api.get(URL, words).json()
        seen.extend(item["id"] for item in page["items"])
        words["cursor"] = page["next_cursor"] or "end"
    whole = api.get(URL, {"sort": sort}).json()["items"]
    assert (seen, words["cursor"]) == ([item["id"] for item in whole], "end")


def test_the_list_is_narrowed_by_owner_and_time(api_for: Api, bob: Any, team: Any) -> None:
    wanted = LinkFactory(team=team, created_by=bob)
    LinkFactory(team=team)
    api = api_for("links:read", user=bob)
    for words in ({"owner": "me"}, {"owner": bob.public_id, "created_from": "2026-03-04T12:00:00Z"}):
        assert [item["id"] for item in api.get(URL, words).json()["items"]] == [wanted.public_id]
    assert api.get(URL, {"owner": "me", "created_until": "2026-03-04T12:00:00Z"}).json()["items"] == []


def test_text_and_slug_and_external_id_find_a_link(api_for: Api, team: Any) -> None:
    wanted = LinkFactory(team=team, slug="launch", external_id="crm-7", domain=DomainFactory(is_default=True))
    LinkFactory(team=team)
    for words in ({"q": "AUNC"}, {"slug": "launch"}, {"external_id": "crm-7"}, {"q": "aunc", "sort": "clicks"}):
        assert [item["id"] for item in api_for("links:read").get(URL, words).json()["items"]] == [wanted.public_id]
