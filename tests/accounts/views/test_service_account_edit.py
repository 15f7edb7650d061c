from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import ServiceAccount, Team, User
from tests.factories.accounts import ServiceAccountFactory


@pytest.fixture
def account(team: Team) -> ServiceAccount:
    made: ServiceAccount = ServiceAccountFactory(team=team)
    return made


def url_of(account: ServiceAccount) -> str:
    return reverse("service_account_edit", args=[account.public_id])


def test_a_manager_switches_it_off(account: ServiceAccount, alice: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).get(url_of(account)).status_code == 200
    client_for(alice).post(url_of(account), {"role": "viewer", "description": ""})
    account.refresh_from_db()
    assert (account.is_active, account.role) == (False, "viewer")


def test_a_responder_may_not(account: ServiceAccount, bob: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).get(url_of(account)).status_code == 403
