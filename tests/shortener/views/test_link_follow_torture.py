"""Texts that no database, header or page can hold are refused, or harmless, on every way to a rule."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ApiFor = Callable[..., Any]

HOSTILE = ["\ud800", "\0", "%ed%a0%80", "a" * 5000, "\u202e", "<script>"]
RULE = {"id": 1, "conditions": [{"type": "query", "name": "a", "value": "b"}], "target": "https://e.example/"}


@pytest.mark.parametrize("field", ["user_agent", "accept_language", "query", "path", "address", "country", "at"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_trial_of_rules(api_for: ApiFor, team: Any, field: str, text: str) -> None:
    link = LinkFactory(team=team, forward_path=True, forward_query=True, rules=[RULE])
    url = f"/api/v1/links/{link.public_id}/test/"
    answer = api_for("links:read").post(url, json.dumps({field: text}), content_type="application/json")
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize(
    "target", ["\ud800", "https://e.example/\ud800", "https://e.example/\0", "javascript:alert(1)"]
)
def test_a_target_of_a_rule(api_for: ApiFor, team: Any, target: str) -> None:
    url = f"/api/v1/links/{LinkFactory(team=team).public_id}/"
    body = json.dumps({"rules": [{**RULE, "target": target}]})
    answer = api_for("links:write").patch(url, body, content_type="application/json")
    assert (answer.status_code, "rules" in answer.json()["errors"]) == (422, True)


@pytest.mark.parametrize(
    "address",
    ["?%ff", "?a=%ed%a0%80", "/%ed%a0%80", "/%ff", "/a%0ab", "?a=%00", "+%ff", "/" + "a" * 3000, "?" + "b" * 9000],
)
def test_the_address_of_a_visitor(client: Any, address: str) -> None:
    link = LinkFactory(forward_path=True, forward_query=True)
    assert client.get(f"/go/{link.domain.name}/{link.slug}{address}").status_code in {302, 400, 404}


@pytest.mark.parametrize("name", ["Accept-Language", "Accept", "User-Agent", "Referer", "Cookie", "Sec-Purpose"])
@pytest.mark.parametrize("value", ["\xff;q=\xfe", "http://[::1", ";;;,,,===", "x" * 8000])
def test_the_headers_of_a_visitor(client: Any, name: str, value: str) -> None:
    link = LinkFactory(rules=[RULE])
    assert client.get(f"/go/{link.domain.name}/{link.slug}", headers={name: value}).status_code == 302
