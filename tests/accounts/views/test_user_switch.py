from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.accounts.models import AuditEntry, Team, User
from portal.accounts.services import tokens
from tests.factories.accounts import UserFactory, issue_token, member


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


def test_ending_is_asked_first(admin_user: User, bob: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(admin_user).get(url_of(bob)).content.decode()
    assert "bob@example.com) is signed out everywhere" in page
    assert User.objects.get(pk=bob.pk).is_active


def test_restoring_is_asked_first(admin_user: User, client_for: Callable[[User], Any]) -> None:
    user = UserFactory(is_active=False)
    assert "can sign in again" in client_for(admin_user).get(url_of(user)).content.decode()
    assert not User.objects.get(pk=user.pk).is_active


def test_the_last_manager_of_a_team_is_not_ended(
    admin_user: User, alice: User, client_for: Callable[[User], Any]
) -> None:
    answer = client_for(admin_user).post(url_of(alice))
    assert answer.status_code == 409
    assert "Alice is the last manager of Payments; make somebody else manager first." in answer.content.decode()
    assert User.objects.get(pk=alice.pk).is_active


def test_with_another_manager_it_is_ended_and_audited(
    admin_user: User, alice: User, team: Team, client_for: Callable[[User], Any]
) -> None:
    member(team, "manager")
    assert client_for(admin_user).post(url_of(alice)).status_code == 302
    assert AuditEntry.objects.get(action="user.updated").changes == {"is_active": [True, False]}


def test_a_manager_whose_account_has_ended_does_not_count(
    admin_user: User, alice: User, team: Team, client_for: Callable[[User], Any]
) -> None:
    member(team, "manager", is_active=False)
    assert client_for(admin_user).post(url_of(alice)).status_code == 409
