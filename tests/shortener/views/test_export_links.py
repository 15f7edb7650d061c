import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/links/export/file/"
ClientFor = Callable[[Any], Any]


def test_links_come_as_csv_with_a_name(client_for: ClientFor, bob: Any, team: Any) -> None:
    LinkFactory(team=team, slug="abc", tags=["mail", "spring"])
    response = client_for(bob).get(URL)
    (row,) = csv.DictReader(response.getvalue().decode().splitlines())
    assert response["Content-Type"].startswith("text/csv")
    assert 'filename="links-' in response["Content-Disposition"]
    assert (row["slug"], row["tags"], row["target"]) == ("abc", "mail|spring", "https://example.org/page")


def test_links_come_as_json_lines(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, tags=["mail"])
    row = json.loads(client_for(bob).get(URL, {"format": "jsonl"}).getvalue())
    assert (row["id"], row["tags"], row["forward_query"]) == (link.public_id, ["mail"], False)


def test_the_words_of_the_list_narrow_the_file(client_for: ClientFor, bob: Any, team: Any) -> None:
    LinkFactory(team=team, slug="kept", tags=["mail"])
    LinkFactory(team=team, slug="other")
    text = client_for(bob).get(URL, {"tag": "mail"}).getvalue().decode()
    assert "kept" in text
    assert "other" not in text


def test_another_format_is_refused(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(URL, {"format": "xlsx"}).status_code == 422


def test_links_of_private_teams_stay_there(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    LinkFactory(team=team, slug="hidden")
    assert "hidden" not in client_for(charlie).get(URL).getvalue().decode()
