"""A linked person who asks from a chat."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from oncall.services.chat_identities import ChatAccount
from portal.chat.services import answers
from portal.chat.services.asker import Asker, asker_for

ACCOUNT = ChatAccount("slack", "T1", "U1")
Say = Callable[[str], str]


@pytest.fixture
def asker(alice: Any, now: datetime) -> Asker:
    """Alice, by Slack."""
    return asker_for(alice, provider="slack", request_key="slack-42.1", request_id="req", now=now)


@pytest.fixture
def say(asker: Asker, now: datetime) -> Say:
    """The text of the answer to what Alice types."""
    return lambda text: answers.answer(text, account=ACCOUNT, asker=asker, now=now).text
