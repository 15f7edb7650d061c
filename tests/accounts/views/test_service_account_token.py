import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import ApiToken, ServiceAccount, Team, User
from tests.factories.accounts import ServiceAccountFactory

FORM = {"name": "ci", "lifetime": "90", "scopes": ["releases:write"]}


@pytest.fixture
def account(team: Team) -> ServiceAccount:
    made: ServiceAccount = ServiceAccountFactory(team=team)
    return made


def url_of(account: ServiceAccount) -> str:
    return reverse("service_account_token", args=[account.public_id])


def test_a_manager_gets_its_token_once(account: ServiceAccount, alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(url_of(account), FORM).content.decode()
    assert re.search(r"prt_[a-z0-9]{8}_[\w-]+", page)
    assert ApiToken.objects.get().service_account == account


def test_no_scope_is_no_token(account: ServiceAccount, alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(url_of(account), {**FORM, "scopes": []})
    assert "scopes" in page.context["form"].errors


def test_a_responder_may_not(account: ServiceAccount, bob: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).post(url_of(account), FORM).status_code == 403
