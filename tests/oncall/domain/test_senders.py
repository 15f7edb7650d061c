"""What is pasted into senders."""

import json

import pytest
import yaml

from oncall.domain import senders

KEY, BASE, HOST = 32 * "k", "https://portal.example.com", "portal.example.com"


@pytest.mark.parametrize("kind", list(senders.KINDS))
def test_every_kind_has_something_to_paste_that_holds_the_key(kind: str) -> None:
    assert any(KEY in one.text for one in senders.snippets(kind, BASE, KEY, HOST))
    assert senders.address(kind, BASE, KEY, HOST)


def test_files_are_yaml() -> None:
    text = senders.snippets("alertmanager", BASE, KEY, HOST)[0].text
    url = yaml.safe_load(text)["receivers"][0]["webhook_configs"][0]["url"]
    assert url == f"{BASE}/ingest/alertmanager/{KEY}/"
    assert yaml.safe_load(senders.snippets("grafana", BASE, KEY, HOST)[1].text)["contactPoints"]


@pytest.mark.parametrize(
    ("kind", "place"), [("json", 0), ("json", 1), ("pagerduty", 0), ("pagerduty", 3), ("alertmanager", 2)]
)
def test_bodies_of_commands_are_json(kind: str, place: int) -> None:
    text = senders.snippets(kind, BASE, KEY, HOST)[place].text
    assert json.loads(text.split("-d '")[1].rsplit("'", 1)[0])


def test_a_change_names_the_service_that_is_decided() -> None:
    text = senders.snippets("pagerduty", BASE, KEY, HOST, service="checkout")[3].text
    assert '"service": "checkout"' in text
