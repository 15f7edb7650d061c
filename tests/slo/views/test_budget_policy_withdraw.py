"""Going by the team's policy again."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.selectors import policies as selectors
from slo.services import policies

pytestmark = pytest.mark.django_db
URL = "/policies/services/checkout/withdraw/"


@pytest.fixture(autouse=True)
def policy(service: Any, now: datetime) -> None:
    policies.set_policy(actor=Actor.system("tests"), owner=service, definition={"no_data": "deny"}, now=now)


def test_a_manager_withdraws_it(service: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).post(URL, follow=True).content
    assert b"has no policy of its own any more" in page
    assert selectors.own_policy(service) is None


def test_a_responder_does_not(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(URL).status_code == 403
