from collections.abc import Callable
from typing import Any

import pytest

from shortener.forms.rule_test import AGENTS
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ApiFor = Callable[..., Any]

RULES = [
    {
        "id": 7,
        "name": "Phones",
        "conditions": [{"type": "device", "values": ["phone"]}],
        "target": "https://e.example/p",
    },
    {"id": 2, "conditions": [], "variants": [{"target": "https://e.example/a", "weight": 1}] * 2},
]


@pytest.fixture
def link(team: Any) -> Any:
    return LinkFactory(team=team, rules=RULES)


def tried(api: Any, link: Any, **asked: Any) -> Any:
    return api.post(f"/api/v1/links/{link.public_id}/test/", asked, format="json")


def test_it_tells_which_rule_decides_and_why(api_for: ApiFor, link: Any) -> None:
    answer = tried(api_for("links:read"), link, user_agent=AGENTS["iPhone"], accept_language="de", country="at").json()
    assert (answer["rule"], answer["variant"], answer["target"]) == (7, None, "https://e.example/p")
    assert answer["answer"] == {
        "kind": "redirect",
        "status": 302,
        "location": "https://e.example/p",
        "cache_control": "private, no-store",
    }
    assert answer["rules"][0]["conditions"] == [{"type": "device", "wanted": "phone", "saw": "phone", "holds": True}]
    assert (answer["visitor"]["os"], answer["visitor"]["languages"], answer["visitor"]["country"]) == (
        "iOS",
        ["de"],
        "AT",
    )


def test_a_split_is_told_with_its_variant(api_for: ApiFor, link: Any) -> None:
    answer = tried(api_for("links:read"), link).json()
    assert (answer["rule"], answer["variant"] in {1, 2}) == (2, True)


def test_no_rule_is_none(api_for: ApiFor, team: Any) -> None:
    answer = tried(api_for("links:read"), LinkFactory(team=team)).json()
    assert (answer["rule"], answer["variant"], answer["target"], answer["rules"]) == (
        None,
        None,
        "https://example.org/page",
        [],
    )


def test_all_fields_at_fault_are_named(api_for: ApiFor, link: Any) -> None:
    answer = tried(api_for("links:read"), link, address="x", country="1", at="then", user_agent=[1])
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"address", "country", "at", "user_agent"})


def test_reading_is_enough_and_nothing_less(api_for: ApiFor, link: Any) -> None:
    assert tried(api_for("stats:read"), link).status_code == 403
    assert tried(api_for("links:read"), link).status_code == 200


def test_a_private_teams_link_is_not_found(api_for: ApiFor, charlie: Any, team: Any, link: Any) -> None:
    team.is_private = True
    team.save()
    assert tried(api_for("links:read", user=charlie), link).status_code == 404
