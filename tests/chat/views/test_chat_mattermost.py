"""The shape is the one that Mattermost sends, with names of our own."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TOKEN = "mattermost-token"
MATTERMOST = {
    "channel_id": "fukzkkkbpjnnmqiwyu3z3ndrkr",
    "channel_name": "town-square",
    "command": "/portal",
    "response_url": "https://chat.example.com/hooks/commands/abc",
    "team_domain": "example",
    "team_id": "rdc9bgriktyx9p4kowh3dmgqyc",
    "text": "help",
    "token": TOKEN,
    "trigger_id": "Z2ZkZ2RmZ2Rm",
    "user_id": "c3a4cqe3dfy6dgopqt8ai3hydh",
    "user_name": "alice",
}


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.PORTAL_MATTERMOST_TOKENS = [TOKEN]


def test_mattermosts_token_may_come_in_the_form_or_as_a_header() -> None:
    by_form = Client().post("/chat/mattermost/", MATTERMOST)
    said = {name: value for name, value in MATTERMOST.items() if name != "token"}
    by_header = Client().post("/chat/mattermost/", said, headers={"Authorization": f"Token {TOKEN}"})
    assert by_form.json() == by_header.json()


@pytest.mark.parametrize("token", ["", "guessed"])
def test_an_unknown_token_is_refused(token: str) -> None:
    assert Client().post("/chat/mattermost/", MATTERMOST | {"token": token}).status_code == 403
