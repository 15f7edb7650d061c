from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import AuditEntry
from shortener.models import Link, LinkChange
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/links/bulk/"
Api = Callable[..., Any]
NEW = {"operation": "create", "data": {"target": "https://example.org/"}}


def send(api: Any, *items: Any, **options: Any) -> Any:
    return api.post(URL, {"items": list(items)}, **options)


def statuses(response: Any) -> list[int]:
    return [item["status"] for item in response.json()["items"]]


def test_links_are_made_changed_and_deleted_in_one_call(api_for: Api, team: Any) -> None:
    first, second = LinkFactory(team=team), LinkFactory(team=team)
    change = {"operation": "update", "id": first.public_id, "data": {"title": "New"}}
    response = send(api_for("links:write"), NEW, change, {"operation": "delete", "id": second.public_id})
    assert (response.status_code, statuses(response)) == (200, [201, 200, 204])
    body = response.json()
    assert (body["succeeded"], body["failed"], body["items"][1]["link"]["title"]) == (3, 0, "New")
    assert body["items"][2] == {"index": 2, "status": 204, "link": None, "problem": None}


def test_each_refusal_is_the_problem_of_the_single_call(api_for: Api, team: Any, other_team: Any) -> None:
    link, theirs = LinkFactory(team=team, version=3), LinkFactory(team=other_team)
    LinkFactory(slug="taken", domain=DomainFactory(is_default=True))
    items = [
        {"operation": "create", "data": {"target": "x", "title": 5 * ["y"]}},
        {"operation": "create", "data": {"target": "https://example.org/", "slug": "taken"}},
        {"operation": "update", "id": link.public_id, "version": 2, "data": {"title": "x"}},
        {"operation": "update", "id": theirs.public_id, "data": {"title": "x"}},
        {"operation": "delete", "id": "lnk_nothing"},
        {"operation": "delete", "id": LinkFactory(team=team, state="deleted").public_id},
    ]
    response = send(api_for("links:write"), *items, NEW)
    assert statuses(response) == [422, 409, 412, 403, 404, 410, 201]
    problem = response.json()["items"][0]["problem"]
    assert (set(problem["errors"]), problem["type"]) == ({"target", "title"}, "urn:sre-portal:problem:invalid")
    assert problem["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("item", "names"),
    [
        ("text", {"non_field_errors"}),
        ({}, {"operation"}),
        ({"operation": "explode"}, {"operation"}),
        ({"operation": "delete"}, {"id"}),
        ({"operation": "update", "id": "x", "version": 0, "colour": "red"}, {"version", "colour"}),
        ({"operation": "create", "data": []}, {"data"}),
        ({"operation": "create", "data": {"target": "https://example.org/\0"}}, {"target"}),
    ],
)
def test_an_item_that_makes_no_sense_is_refused_by_name(item: Any, names: set[str], api_for: Api) -> None:
    response = send(api_for("links:write"), item, NEW)
    assert statuses(response) == [422, 201]
    assert set(response.json()["items"][0]["problem"]["errors"]) == names


@pytest.mark.parametrize("body", [{}, {"items": []}, {"items": [NEW] * 101}, {"items": "x"}, {"items": [NEW], "x": 1}])
def test_a_body_that_makes_no_sense_is_refused_as_a_whole(body: Any, api_for: Api) -> None:
    assert api_for("links:write").post(URL, body).status_code == 422
    assert not Link.objects.exists()


def test_a_hundred_links_fire_the_same_records_as_single_calls(api_for: Api) -> None:
    response = send(api_for("links:write"), *[NEW] * 100)
    assert response.json()["succeeded"] == Link.objects.count() == LinkChange.objects.count() == 100
    assert AuditEntry.objects.filter(action="link.created").count() == 100


def test_an_idempotency_key_covers_the_whole_call(api_for: Api) -> None:
    api = api_for("links:write")
    first, second = (send(api, NEW, {}, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.json(), second["Idempotent-Replay"]) == (second.json(), "true")
    assert Link.objects.count() == 1


def test_a_create_only_token_creates_and_does_nothing_else(api_for: Api, team: Any) -> None:
    link = LinkFactory(team=team)
    items = [NEW, *({"operation": name, "id": link.public_id} for name in ("update", "delete"))]
    assert statuses(send(api_for("links:create"), *items)) == [201, 403, 403]


def test_a_reader_may_not(api_for: Api) -> None:
    assert send(api_for("links:read"), NEW).status_code == 403


def test_a_viewers_role_is_told_before_the_body_is_looked_at(api_for: Api, vera: Any) -> None:
    assert statuses(send(api_for("links:write", user=vera), {"operation": "create", "data": {"x": 1}})) == [403]


def test_a_private_teams_link_is_not_found(api_for: Api, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    item = {"operation": "delete", "id": LinkFactory(team=team).public_id}
    assert statuses(send(api_for("links:write", user=charlie), item)) == [404]


def test_the_answer_asks_for_all_clicks_at_once(api_for: Api, team: Any) -> None:
    items = [{"operation": "update", "id": LinkFactory(team=team).public_id, "data": {}} for _ in range(4)]
    with CaptureQueriesContext(connection) as queries:
        send(api_for("links:write"), *items)
    assert sum("shortener_linktotal" in query["sql"] for query in queries) == 1
