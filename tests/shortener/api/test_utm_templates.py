from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import UtmTemplateFactory

pytestmark = pytest.mark.django_db

Api = Callable[..., Any]
URL = "/api/v1/utm-templates/"


def test_a_template_is_kept_shown_changed_and_deleted(api_for: Api, team: Any) -> None:
    api = api_for("links:read", "links:write")
    made = api.post(URL, {"name": "Mail", "source": "newsletter", "team": team.slug}, format="json")
    url = f"{URL}{made.json()['id']}/"
    assert (made.status_code, made.json()["team"]) == (201, "payments")
    assert api.patch(url, {"medium": "email"}, format="json").json()["medium"] == "email"
    assert api.get(url).json()["source"] == "newsletter"
    assert [api.delete(url).status_code, api.get(url).status_code] == [204, 404]


def test_the_templates_of_ones_teams_are_listed(api_for: Api, team: Any, other_team: Any) -> None:
    UtmTemplateFactory(team=other_team)
    ours = UtmTemplateFactory(team=team)
    assert [item["id"] for item in api_for("links:read").get(URL).json()["items"]] == [ours.public_id]


def test_all_wrong_fields_are_named(api_for: Api, team: Any) -> None:
    wrong = {"name": "x" * 81, "source": "x" * 201, "term": ["a"], "color": "red", "team": "nowhere"}
    response = api_for("links:write").post(URL, wrong, format="json")
    assert (response.status_code, set(response.json()["errors"])) == (422, set(wrong))


def test_a_name_that_is_used_is_a_conflict(api_for: Api, team: Any) -> None:
    taken = UtmTemplateFactory(team=team)
    response = api_for("links:write").post(URL, {"name": taken.name, "source": "x"}, format="json")
    assert (response.status_code, set(response.json()["errors"])) == (409, {"name"})


def test_the_story_of_permissions(api_for: Api, vera: Any, charlie: Any, team: Any) -> None:
    url = f"{URL}{UtmTemplateFactory(team=team).public_id}/"
    assert api_for("links:write", user=vera).patch(url, {"name": "x"}, format="json").status_code == 403
    assert api_for("links:write", user=charlie).delete(url).status_code == 404
    assert api_for("links:read").delete(url).status_code == 403
    assert api_for("links:create").post(URL, {"name": "x", "source": "y"}, format="json").status_code == 403
