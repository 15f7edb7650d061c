"""Two people who use the same code of a chat at one instant, with real transactions."""

import pytest

from oncall.models import ChatIdentity
from oncall.services import chat_identities
from oncall.services.chat_identities import ChatAccount
from portal.accounts.selectors import actors
from tests.factories.accounts import UserFactory
from tests.factories.oncall import NOON
from tests.races import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_code_that_two_people_use_at_once_links_one_of_them() -> None:
    code = chat_identities.offer_code(account=ChatAccount("slack", "T1", "U1"), now=NOON)
    people = [actors.actor_for_user(UserFactory()) for _ in range(2)]
    ends = outcomes(*[lambda one=one: chat_identities.link_account(actor=one, code=code, now=NOON) for one in people])
    assert ends == ["chat-code-wrong 404", "done"]
    assert ChatIdentity.objects.count() == 1
