from datetime import timedelta
from typing import Any

import pytest

from portal.chat.services.asker import Asker

pytestmark = pytest.mark.django_db


def test_what_is_done_by_chat_says_so_in_its_author(asker: Asker) -> None:
    assert asker.actor.label == "Alice (Slack)"


def test_times_are_on_the_askers_clock(asker: Asker, alice: Any) -> None:
    alice.time_zone = "Europe/Vienna"
    assert asker.local(asker.now) == "13:00 CET"
    assert asker.local(asker.now + timedelta(days=2)) == "Fri 06 Mar 13:00 CET"
