import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/links/export/"
Api = Callable[..., Any]


def test_links_come_as_csv_by_default(api_for: Api, team: Any) -> None:
    LinkFactory(team=team, slug="abc")
    response = api_for("links:read").get(URL)
    (row,) = csv.DictReader(response.getvalue().decode().splitlines())
    assert (response["Content-Type"], row["slug"]) == ("text/csv; charset=utf-8", "abc")


def test_links_come_as_json_lines(api_for: Api, team: Any) -> None:
    LinkFactory.create_batch(2, team=team)
    text = api_for("links:read").get(URL, {"format": "jsonl"}).getvalue().decode()
    assert len([json.loads(line) for line in text.splitlines()]) == 2


def test_the_words_of_the_list_narrow_it(api_for: Api, team: Any) -> None:
    LinkFactory(team=team, slug="kept", tags=["mail"])
    LinkFactory(team=team, slug="other")
    text = api_for("links:read").get(URL, {"tag": "mail", "q": "kept", "format": "jsonl"}).getvalue().decode()
    assert json.loads(text)["slug"] == "kept"


def test_words_that_are_none_are_named(api_for: Api) -> None:
    response = api_for("links:read").get(URL, {"format": "xlsx", "state": "odd"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"format", "state"})


def test_it_needs_the_scope_of_reading(api_for: Api) -> None:
    assert api_for("links:create").get(URL).status_code == 403


def test_links_of_private_teams_stay_there(api_for: Api, team: Any, charlie: Any) -> None:
    team.is_private = True
    team.save()
    LinkFactory(team=team)
    assert api_for("links:read", user=charlie).get(URL, {"format": "jsonl"}).getvalue() == b""
