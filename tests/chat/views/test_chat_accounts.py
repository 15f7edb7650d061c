from typing import Any

import pytest

from oncall.models import ChatIdentity

pytestmark = pytest.mark.django_db


def test_without_an_account_the_page_says_how_to_link_one(client_for: Any, alice: Any) -> None:
    assert "with the word link" in client_for(alice).get("/settings/chat/").content.decode()


def test_a_person_sees_and_unlinks_their_own_accounts(client_for: Any, alice: Any) -> None:
    identity = ChatIdentity.objects.create(user=alice, provider="slack", workspace="T1", external_id="U77")
    assert "U77" in client_for(alice).get("/settings/chat/").content.decode()
    client_for(alice).post(f"/settings/chat/{identity.pk}/unlink/")
    assert not ChatIdentity.objects.exists()
