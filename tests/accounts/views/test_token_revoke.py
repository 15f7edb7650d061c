from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import ApiToken, Team, User
from tests.factories.accounts import ServiceAccountFactory, issue_token


@pytest.fixture
def token(bob: User) -> ApiToken:
    issue_token(user=bob, name="deploy")
    return bob.tokens.get()


def test_the_page_asks_first(bob: User, token: ApiToken, client_for: Callable[[User], Any]) -> None:
    page = client_for(bob).get(reverse("token_revoke", args=[token.public_id]))
    assert b"Revoke token" in page.content
    assert ApiToken.objects.get().revoked_at is None


def test_posting_revokes(bob: User, token: ApiToken, client_for: Callable[[User], Any]) -> None:
    client_for(bob).post(reverse("token_revoke", args=[token.public_id]))
    assert ApiToken.objects.get().revoked_at is not None


def test_somebody_elses_token_is_404(alice: User, token: ApiToken, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).post(reverse("token_revoke", args=[token.public_id])).status_code == 404


def test_a_programs_token_leads_back_to_the_program(alice: User, team: Team, client_for: Callable[[User], Any]) -> None:
    account = ServiceAccountFactory(team=team)
    issue_token(service_account=account)
    page = client_for(alice).post(reverse("token_revoke", args=[account.tokens.get().public_id]))
    assert page["Location"] == reverse("service_account_detail", args=[account.public_id])
