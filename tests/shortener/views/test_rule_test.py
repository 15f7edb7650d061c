from collections.abc import Callable
from typing import Any

import pytest

from shortener.forms.rule_test import AGENTS
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]

RULES = [
    {"id": 7, "name": "Phones <b>", "conditions": [{"type": "device", "values": ["phone"]}], "target": "https://e.example/p"},
    {"id": 2, "conditions": [{"type": "country", "values": ["AT"]}], "target": "https://e.example/at"},
    {"id": 3, "conditions": [{"type": "dates", "from": "2026-12-24T00:00:00Z", "until": None}], "target": "https://e.example/x"},
]  # fmt: skip


@pytest.fixture
def link(team: Any) -> Any:
    return LinkFactory(team=team, rules=RULES)


def url(link: Any) -> str:
    return f"/links/{link.public_id}/test/"


def page(browser: Any, link: Any, **asked: str) -> str:
    return str(browser.get(url(link), asked).content.decode())


def test_it_tries_the_readers_own_request_first(client_for: ClientFor, vera: Any, link: Any) -> None:
    answer = client_for(vera).get(url(link), headers={"User-Agent": AGENTS["iPhone"], "Accept-Language": "de"})
    shown = answer.content.decode()
    assert (answer.status_code, "https://e.example/p" in shown, "languages de" in shown) == (200, True, True)


def test_each_rule_is_shown_with_what_it_wanted_and_saw(client_for: ClientFor, vera: Any, link: Any) -> None:
    shown = page(client_for(vera), link, user_agent=AGENTS["Windows"], country="at")
    assert "Rule 2 decides. It leads to" in shown
    assert "device phone" in shown
    assert "saw desktop" in shown
    assert "Phones &lt;b&gt;" in shown


def test_without_a_rule_that_holds_the_links_own_target_is_shown(client_for: ClientFor, vera: Any, link: Any) -> None:
    assert "No rule holds. The link&#x27;s own target is" in page(client_for(vera), link, country="CH").replace(
        "link's", "link&#x27;s"
    )


def test_a_time_may_be_given_in_the_readers_zone(client_for: ClientFor, vera: Any, link: Any) -> None:
    assert "Rule 3 decides" in page(client_for(vera), link, at="2026-12-25T00:00:00")


def test_a_link_without_rules_says_what_to_do(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert "This link has no rules" in page(client_for(vera), LinkFactory(team=team))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password_hash": "x"}, "asked for the password first"),
        ({"preview": True}, "sees the preview first"),
        ({"state": "disabled"}, "switched off"),
        ({"max_visits": 5}, "open to 5 people"),
    ],
)
def test_what_stands_before_the_target_is_said(
    client_for: ClientFor, vera: Any, team: Any, fields: dict[str, Any], words: str
) -> None:
    assert words in page(client_for(vera), LinkFactory(team=team, **fields))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"address": "300.1.1.1"}, "This is no IP address."),
        ({"country": "X1"}, "Use two letters, such as AT."),
        ({"at": "yesterday"}, "valid date"),
        ({"user_agent": "x" * 2000}, "at most 1024 characters"),
    ],
)
def test_what_makes_no_request_is_said_at_its_field(
    client_for: ClientFor, vera: Any, link: Any, asked: dict[str, str], words: str
) -> None:
    answer = client_for(vera).get(url(link), asked)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_nothing_is_counted(client_for: ClientFor, vera: Any, team: Any) -> None:
    link = LinkFactory(team=team, max_visits=1)
    browser = client_for(vera)
    assert all("302 redirect" in page(browser, link, user_agent=AGENTS["Mac"]) for _ in range(3))


def test_strangers_are_asked_to_sign_in(client: Any, link: Any) -> None:
    assert client.get(url(link)).status_code == 302


def test_a_private_teams_link_is_not_found(client_for: ClientFor, charlie: Any, team: Any, link: Any) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(url(link)).status_code == 404
