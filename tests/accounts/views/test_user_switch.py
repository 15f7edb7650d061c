from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.services import tokens
from tests.factories.accounts import UserFactory, issue_token


def url_of(user: User) -> str:
    return reverse("user_switch", args=[user.public_id])


def test_an_ended_account_loses_its_sessions_and_tokens(
    admin_user: User, bob: User, client_for: Callable[[User], Any], now: datetime
) -> None:
    browser, text = client_for(bob), issue_token(user=bob)
    client_for(admin_user).post(url_of(bob))
    assert browser.get(reverse("settings_home")).status_code == 302
    assert tokens.authenticate(text, now=now) is None


def test_an_account_is_restored(admin_user: User, client_for: Callable[[User], Any]) -> None:
    user = UserFactory(is_active=False)
    client_for(admin_user).post(url_of(user), {"active": "1"})
    assert User.objects.get(pk=user.pk).is_active


def test_nobody_ends_their_own(admin_user: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(admin_user).post(url_of(admin_user)).status_code == 422
    assert User.objects.get(pk=admin_user.pk).is_active


def test_a_manager_may_not(alice: User, bob: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).post(url_of(bob)).status_code == 403
