from collections.abc import Callable
from datetime import datetime

import pytest

from oncall.services import chat_identities
from portal.chat.domain.commands import HELP
from portal.chat.services import answers
from tests.chat.conftest import ACCOUNT

pytestmark = pytest.mark.django_db
Say = Callable[[str], str]


def test_help_shows_every_command(say: Say) -> None:
    assert len(say("help").splitlines()) == len(HELP)


def test_help_of_one_command_shows_that_one(say: Say) -> None:
    assert say("help ack") == f"`{HELP['ack']}`"


def test_every_command_but_help_and_link_has_a_handler() -> None:
    assert set(HELP) == set(answers.HANDLERS) | {"help", "link"}


def test_an_unknown_command_is_answered_helpfully(say: Say) -> None:
    told = say("acknowlege <!channel>")
    assert told == "There is no command acknowlege. Did you mean `ack`? `help` shows all of them."


@pytest.mark.parametrize("text", ["alerts", "ack", "page payments Help", "graph shop", "link"])
def test_an_account_that_nobody_linked_gets_a_link_and_nothing_else(text: str, now: datetime) -> None:
    told = answers.answer(text, account=ACCOUNT, asker=None, now=now).text
    assert told.startswith("I do not know you here yet.")
    code = told.rstrip("/").rsplit("/", 1)[1]
    assert chat_identities.account_of(code, now=now) == ACCOUNT


def test_an_account_that_nobody_linked_may_ask_for_help(now: datetime) -> None:
    assert "oncall" in answers.answer("", account=ACCOUNT, asker=None, now=now).text
