from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.exceptions import ChatCodeWrong
from oncall.selectors.chat_identities import identities_of, user_of
from oncall.services import chat_identities
from oncall.services.chat_identities import ChatAccount
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors.actors import actor_for_user

pytestmark = pytest.mark.django_db
ACCOUNT = ChatAccount("slack", "T1", "U1")
WHERE = {"provider": "slack", "workspace": "T1", "external_id": "U1"}


def test_a_code_makes_the_account_the_persons_own(alice: Any, now: datetime) -> None:
    code = chat_identities.offer_code(account=ACCOUNT, now=now)
    assert chat_identities.account_of(code, now=now) == ACCOUNT
    chat_identities.link_account(actor=actor_for_user(alice), code=code, now=now)
    assert user_of(**WHERE) == alice


def test_a_code_is_good_once(alice: Any, bob: Any, now: datetime) -> None:
    code = chat_identities.offer_code(account=ACCOUNT, now=now)
    chat_identities.link_account(actor=actor_for_user(alice), code=code, now=now)
    with pytest.raises(ChatCodeWrong):
        chat_identities.link_account(actor=actor_for_user(bob), code=code, now=now)
    assert user_of(**WHERE) == alice


def test_a_code_ends_after_a_quarter_of_an_hour(alice: Any, now: datetime) -> None:
    code = chat_identities.offer_code(account=ACCOUNT, now=now)
    with pytest.raises(ChatCodeWrong):
        chat_identities.link_account(actor=actor_for_user(alice), code=code, now=now + timedelta(minutes=15))


def test_the_portal_itself_has_no_chat_account(now: datetime) -> None:
    code = chat_identities.offer_code(account=ACCOUNT, now=now)
    with pytest.raises(ChatCodeWrong):
        chat_identities.link_account(actor=Actor.system("pager"), code=code, now=now)


def test_an_account_of_somebody_else_moves_over(alice: Any, bob: Any, now: datetime) -> None:
    for user in (alice, bob):
        code = chat_identities.offer_code(account=ACCOUNT, now=now)
        chat_identities.link_account(actor=actor_for_user(user), code=code, now=now)
    assert user_of(**WHERE) == bob
    assert not identities_of(alice.pk).exists()


def test_an_unlinked_account_is_nobody(alice: Any, now: datetime) -> None:
    code = chat_identities.offer_code(account=ACCOUNT, now=now)
    identity = chat_identities.link_account(actor=actor_for_user(alice), code=code, now=now)
    chat_identities.unlink_account(actor=actor_for_user(alice), identity=identity, now=now)
    assert user_of(**WHERE) is None
