from datetime import datetime
from typing import Any

import pytest

from oncall.selectors import chat_identities as found
from oncall.services import chat_identities
from tests.chat.conftest import ACCOUNT

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(now: datetime, time_machine: Any) -> str:
    time_machine.move_to(now, tick=False)
    return f"/settings/chat/link/{chat_identities.offer_code(account=ACCOUNT, now=now)}/"


def test_looking_links_nothing(client_for: Any, alice: Any, address: str) -> None:
    page = client_for(alice).get(address)
    assert "U1" in page.content.decode()
    assert not found.identities_of(alice.pk).exists()


def test_saying_so_links_the_account(client_for: Any, alice: Any, address: str) -> None:
    client_for(alice).post(address)
    assert found.identities_of(alice.pk).get().external_id == "U1"


def test_a_used_code_says_so(client_for: Any, alice: Any, bob: Any, address: str) -> None:
    client_for(alice).post(address)
    page = client_for(bob).post(address)
    assert page.status_code == 404
    assert "too old" in page.content.decode()
