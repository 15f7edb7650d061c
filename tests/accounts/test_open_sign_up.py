"""An open sign-up, from the form over the mail to the first sign-in."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import OutgoingMail, User

EMAIL = "new@example.com"
LONG = "a very long sentence, said again. " * 8


@pytest.fixture
def signed_up(db: None, settings: Any) -> str:
    """The link in the mail of somebody who has just signed up with a long password."""
    settings.PORTAL_OPEN_SIGNUP = True
    Client().post(reverse("account_signup"), {"email": EMAIL, "password1": LONG, "password2": LONG})
    found = re.search(r"/accounts/confirm-email/\S+", OutgoingMail.objects.get(to=EMAIL).text)
    return found.group() if found else ""


def sign_in(client: Client) -> bool:
    client.post(reverse("account_login"), {"login": EMAIL, "password": LONG})
    return "_auth_user_id" in client.session


def test_a_password_of_more_than_two_hundred_characters_is_kept_whole(signed_up: str) -> None:
    user = User.objects.get(email=EMAIL)
    assert len(LONG) > 200
    assert user.check_password(LONG)
    assert not user.check_password(LONG[:200])


def test_before_the_mail_is_verified_nobody_signs_in(signed_up: str) -> None:
    assert not sign_in(Client())


def test_after_it_they_do(signed_up: str) -> None:
    Client().post(signed_up)
    assert sign_in(Client())


def test_looking_at_the_link_verifies_nothing(signed_up: str) -> None:
    assert Client().get(signed_up).status_code == 200
    assert not sign_in(Client())


def test_who_comes_by_themselves_is_in_no_team_and_no_administrator(signed_up: str) -> None:
    user = User.objects.get(email=EMAIL)
    assert (user.memberships.count(), user.is_administrator) == (0, False)
