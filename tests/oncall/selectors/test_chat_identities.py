from typing import Any

import pytest

from oncall.models import ChatIdentity
from oncall.selectors.chat_identities import identities_of, user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(alice: Any) -> ChatIdentity:
    return ChatIdentity.objects.create(user=alice, provider="slack", workspace="T1", external_id="U1")


def test_the_account_is_known_in_its_own_workspace_only(linked: ChatIdentity, alice: Any) -> None:
    assert user_of(provider="slack", workspace="T1", external_id="U1") == alice
    assert user_of(provider="slack", workspace="T2", external_id="U1") is None
    assert user_of(provider="mattermost", workspace="T1", external_id="U1") is None


def test_whoever_has_left_is_nobody_in_the_chat_either(linked: ChatIdentity, alice: Any) -> None:
    alice.is_active = False
    alice.save()
    assert user_of(provider="slack", workspace="T1", external_id="U1") is None


def test_a_person_sees_their_own_accounts(linked: ChatIdentity, alice: Any, bob: Any) -> None:
    assert list(identities_of(alice.pk)) == [linked]
    assert not identities_of(bob.pk).exists()
