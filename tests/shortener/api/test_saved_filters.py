from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import SavedFilter

pytestmark = pytest.mark.django_db

URL = "/api/v1/saved-filters/"
Api = Callable[..., Any]
SPRING = {"name": "Spring", "query": {"tag": "spring", "sort": "clicks"}}


def test_a_filter_is_kept_found_changed_and_forgotten(api_for: Api) -> None:
    api = api_for("links:read", "links:write")
    made = api.post(URL, SPRING)
    assert (made.status_code, made.json()["team"], made.json()["query"]) == (201, None, SPRING["query"])
    url = f"{URL}{made.json()['id']}/"
    assert [item["name"] for item in api.get(URL).json()["items"]] == ["Spring"]
    assert api.patch(url, {"name": "Autumn"}).json()["name"] == api.get(url).json()["name"] == "Autumn"
    assert (api.delete(url).status_code, api.get(url).status_code) == (204, 404)


def test_a_teams_filter_is_read_by_the_team_and_changed_by_its_managers(
    api_for: Api, bob: Any, vera: Any, alice: Any
) -> None:
    made = api_for("links:write", user=bob).post(URL, SPRING | {"team": "payments"}).json()
    url = f"{URL}{made['id']}/"
    assert api_for("links:read", user=vera).get(url).json()["team"] == "payments"
    patched = [api_for("links:write", user=person).patch(url, {"name": "X"}).status_code for person in (vera, alice)]
    assert patched == [403, 200]


def test_a_name_is_used_once(api_for: Api) -> None:
    api = api_for("links:write")
    assert [api.post(URL, SPRING).status_code for _ in range(2)] == [201, 409]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, {"name", "query"}),
        ({"name": "x" * 81, "query": "tag", "colour": 1}, {"name", "query", "colour"}),
        ({"name": "x", "query": {"colour": "red"}}, {"query"}),
        ({"name": "x", "query": {}, "team": None}, {"query"}),
        ({"name": "x", "query": {"q": "a"}, "team": "nobody"}, {"team"}),
    ],
)
def test_all_errors_are_named_at_once(body: Any, names: set[str], api_for: Api) -> None:
    response = api_for("links:write").post(URL, body)
    assert (response.status_code, set(response.json()["errors"])) == (422, names)


def test_the_filters_of_others_are_not_found(api_for: Api, bob: Any, charlie: Any, now: Any) -> None:
    saved = SavedFilter.objects.create(user=bob, name="Mine", query={"q": "x"}, created_at=now)
    api, url = api_for("links:read", "links:write", user=charlie), f"{URL}{saved.public_id}/"
    assert [api.get(url).status_code, api.patch(url, {}).status_code, api.delete(url).status_code] == [404] * 3


def test_a_reader_keeps_nothing(api_for: Api) -> None:
    assert api_for("links:read").post(URL, SPRING).status_code == 403
