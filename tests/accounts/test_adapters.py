"""Signing in through allauth's pages, with what the adapter adds."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from portal.accounts.models import AuditEntry, OutgoingMail, User

PASSWORD = "a long sentence for tests"


@pytest.fixture
def person(bob: User) -> User:
    bob.set_password(PASSWORD)
    bob.save()
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    return bob


def sign_in(client: Client, password: str = PASSWORD, email: str = "bob@example.com") -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_person_signs_in_with_mail_and_password(person: User, client: Client) -> None:
    assert sign_in(client, email="BOB@example.com").status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert actions() == ["user.signed_in"]


def test_a_sign_in_from_another_browser_is_mailed(person: User) -> None:
    sign_in(Client())
    assert not OutgoingMail.objects.exists()
    sign_in(Client(HTTP_USER_AGENT="Another/1.0"))
    assert "Another/1.0" in OutgoingMail.objects.get().text


def test_the_same_browser_is_not_mailed_again(person: User, client: Client) -> None:
    sign_in(client)
    client.post(reverse("account_logout"))
    sign_in(client)
    assert not OutgoingMail.objects.exists()


def test_a_wrong_password_is_refused_and_audited(person: User, client: Client) -> None:
    assert sign_in(client, password="wrong").status_code == 200
    assert "_auth_user_id" not in client.session
    assert actions() == ["user.sign_in_failed"]


def test_a_failure_for_nobody_leaves_no_entry(db: None, client: Client) -> None:
    sign_in(client, email="nobody@example.com")
    assert actions() == []


def test_five_wrong_passwords_lock_the_door_for_a_while(person: User, client: Client) -> None:
    for _ in range(5):
        sign_in(client, password="wrong")
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_an_inactive_account_stays_outside(person: User, client: Client) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_a_long_password_is_no_problem(person: User, client: Client) -> None:
    long = "x" * 4000
    person.set_password(long)
    person.save()
    sign_in(client, password=long)
    assert "_auth_user_id" in client.session


def test_sign_ups_are_closed(db: None, client: Client) -> None:
    form = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    assert not User.objects.exists()


def test_sign_ups_can_be_opened_and_need_a_verified_mail(db: None, client: Client, settings: Any) -> None:
    settings.PORTAL_OPEN_SIGNUP = True
    form = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    assert "_auth_user_id" not in client.session
    assert "confirm-email" in OutgoingMail.objects.get(to="new@example.com").text


def test_a_forgotten_password_is_reset_by_a_mail_that_waits_as_a_row(person: User, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": person.email})
    mail = OutgoingMail.objects.get()
    assert mail.to == person.email
    assert "/accounts/password/reset/key/" in mail.text


def test_a_changed_password_is_audited_and_mailed(person: User, client: Client) -> None:
    sign_in(client)
    form = {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"}
    client.post(reverse("account_change_password"), form)
    assert "user.password_changed" in actions()
    assert OutgoingMail.objects.get().to == person.email
