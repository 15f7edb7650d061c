from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import ServiceAccount, Team, User
from tests.factories.accounts import ServiceAccountFactory, issue_token


@pytest.fixture
def account(team: Team) -> ServiceAccount:
    made: ServiceAccount = ServiceAccountFactory(team=team)
    issue_token(service_account=made, name="nightly")
    return made


def url_of(account: ServiceAccount) -> str:
    return reverse("service_account_detail", args=[account.public_id])


def test_a_manager_may_revoke_its_tokens(
    account: ServiceAccount, alice: User, client_for: Callable[[User], Any]
) -> None:
    page = client_for(alice).get(url_of(account)).content.decode()
    assert "nightly" in page
    assert reverse("token_revoke", args=[account.tokens.get().public_id]) in page


def test_a_viewer_only_reads(account: ServiceAccount, vera: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(vera).get(url_of(account)).content.decode()
    assert "Revoke" not in page
    assert "New token" not in page


def test_in_a_private_team_it_is_not_there(
    account: ServiceAccount, charlie: User, client_for: Callable[[User], Any]
) -> None:
    Team.objects.filter(pk=account.team_id).update(is_private=True)
    assert client_for(charlie).get(url_of(account)).status_code == 404
