from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import AuditEntry, User
from tests.factories.accounts import UserFactory


def url_of(user: User) -> str:
    return reverse("user_administrator", args=[user.public_id])


def is_administrator(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_administrator


def test_the_page_asks_and_changes_nothing(admin_user: User, bob: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(admin_user).get(url_of(bob))
    assert "Make Bob administrator" in page.content.decode()
    assert not is_administrator(bob)


def test_an_administrator_is_made_and_unmade(admin_user: User, bob: User, client_for: Callable[[User], Any]) -> None:
    client = client_for(admin_user)
    assert client.post(url_of(bob), {"administrator": "1"}).url == reverse("user_list")
    assert is_administrator(bob)
    client.post(url_of(bob))
    assert not is_administrator(bob)


def test_both_are_audited(admin_user: User, bob: User, client_for: Callable[[User], Any]) -> None:
    client_for(admin_user).post(url_of(bob), {"administrator": "1"})
    entry = AuditEntry.objects.get(action="user.updated")
    assert (entry.actor_label, entry.changes) == ("Root", {"is_administrator": [False, True]})


def test_the_last_one_stays(admin_user: User, client_for: Callable[[User], Any]) -> None:
    UserFactory(is_administrator=True, is_active=False)
    answer = client_for(admin_user).post(url_of(admin_user))
    assert answer.status_code == 409
    assert "at least one administrator" in answer.content.decode()
    assert is_administrator(admin_user)


def test_one_of_two_may_step_back_and_loses_the_list(admin_user: User, client_for: Callable[[User], Any]) -> None:
    UserFactory(is_administrator=True)
    client = client_for(admin_user)
    client.post(url_of(admin_user))
    assert client.get(reverse("user_list")).status_code == 403


def test_an_ended_account_is_not_made_administrator(admin_user: User, client_for: Callable[[User], Any]) -> None:
    ended = UserFactory(is_active=False)
    assert client_for(admin_user).post(url_of(ended), {"administrator": "1"}).status_code == 422
    assert not is_administrator(ended)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may(alice: User, bob: User, method: str, client_for: Callable[[User], Any]) -> None:
    assert getattr(client_for(alice), method)(url_of(bob)).status_code == 403
    assert not is_administrator(bob)


def test_a_person_that_is_not_there_is_404(admin_user: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(admin_user).get(reverse("user_administrator", args=["usr_unknown"])).status_code == 404
