"""Two browsers of one person: each is listed, and one ends the other."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from portal.accounts.models import AuditEntry, OutgoingMail, User
from tests.factories.accounts import PASSWORD


def browser_of(user: User, name: str) -> Client:
    client = Client(HTTP_USER_AGENT=name)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get(reverse("settings_home"))
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("settings_home")).status_code == 200


@pytest.fixture
def person(bob: User) -> User:
    bob.set_password(PASSWORD)
    bob.save()
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    return bob


@pytest.fixture
def laptop(person: User) -> Client:
    return browser_of(person, "Laptop/1.0")


@pytest.fixture
def phone(person: User, laptop: Client) -> Client:
    return browser_of(person, "Phone/1.0")


def listed(client: Client) -> list[Any]:
    return list(client.get(reverse("session_list")).context["sessions"])


def test_both_are_listed_the_own_one_first(laptop: Client, phone: Client) -> None:
    assert [session.user_agent for session in listed(laptop)] == ["Laptop/1.0", "Phone/1.0"]
    assert [session.user_agent for session in listed(phone)] == ["Phone/1.0", "Laptop/1.0"]


def test_one_ends_the_other(laptop: Client, phone: Client) -> None:
    laptop.post(reverse("session_end"), {"session": listed(laptop)[1].pk})
    assert (is_signed_in(laptop), is_signed_in(phone)) == (True, False)
    assert [session.user_agent for session in listed(laptop)] == ["Laptop/1.0"]


def test_all_others_end_at_once(person: User, laptop: Client, phone: Client) -> None:
    tablet = browser_of(person, "Tablet/1.0")
    laptop.post(reverse("session_end"))
    assert [is_signed_in(client) for client in (laptop, phone, tablet)] == [True, False, False]


def test_ending_is_audited(laptop: Client, phone: Client) -> None:
    laptop.post(reverse("session_end"), {"session": listed(laptop)[1].pk})
    assert AuditEntry.objects.filter(action="session.ended").count() == 1


def test_somebody_else_sees_and_ends_none_of_them(laptop: Client, alice: User, client_for: Any) -> None:
    other = client_for(alice)
    assert "Laptop/1.0" not in other.get(reverse("session_list")).content.decode()
    assert other.post(reverse("session_end"), {"session": listed(laptop)[0].pk}).status_code == 404
    assert is_signed_in(laptop)


def test_a_new_browser_is_mailed_once_however_often_it_signs_in(laptop: Client, phone: Client, person: User) -> None:
    phone.post(reverse("account_logout"))
    phone.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert OutgoingMail.objects.filter(subject__startswith="New sign-in").count() == 1


def test_a_changed_password_signs_the_other_browser_out(laptop: Client, phone: Client) -> None:
    new = "another long sentence"
    laptop.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_signed_in(laptop), is_signed_in(phone)) == (True, False)
