"""Second factors, from setting one up to signing in with it, through the pages a person uses."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.accounts.models import AuditEntry, OutgoingMail, User
from tests.factories.accounts import PASSWORD

PERIOD = 30
NOBODYS_CODE = "00000000"


def code_of(secret: str) -> str:
    """What an authenticator app shows for `secret` now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))


def sign_in(client: Client) -> Any:
    return client.post(reverse("account_login"), {"login": "bob@example.com", "password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def answer(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


@pytest.fixture(autouse=True)
def _clock_that_stands(now: datetime) -> Iterator[None]:
    """No code runs out between its making and its use."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def person(bob: User) -> User:
    bob.set_password(PASSWORD)
    bob.save()
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    return bob


@pytest.fixture
def bobs(person: User, client: Client) -> Client:
    """A browser in which Bob has signed in and, as before every change, said his password again."""
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def secret(bobs: Client) -> str:
    """The secret of the authenticator app that Bob has set up."""
    bobs.get(reverse("mfa_activate_totp"))
    made = str(bobs.session[SECRET_SESSION_KEY])
    bobs.post(reverse("mfa_activate_totp"), {"code": code_of(made)})
    cache.clear()
    return made


@pytest.fixture
def halfway(secret: str) -> Client:
    """Another browser in which the password was right and the code is still asked for."""
    client = Client()
    sign_in(client)
    return client


def recovery_codes(bobs: Client) -> list[str]:
    """The codes as the page shows them."""
    shown: list[str] = bobs.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    return shown


def test_the_page_shows_the_secret_to_scan(bobs: Client) -> None:
    page = bobs.get(reverse("mfa_activate_totp")).content.decode()
    assert bobs.session[SECRET_SESSION_KEY] in page
    assert "data:image/svg+xml" in page


def test_an_app_is_set_up_with_its_code(person: User, secret: str) -> None:
    assert Authenticator.objects.filter(user=person, type="totp").count() == 1


def test_it_is_not_set_up_with_a_wrong_code(person: User, bobs: Client) -> None:
    bobs.get(reverse("mfa_activate_totp"))
    bobs.post(reverse("mfa_activate_totp"), {"code": NOBODYS_CODE})
    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.django_db(transaction=True)
def test_setting_one_up_is_audited_and_mailed(person: User, secret: str) -> None:
    assert "user.totp_activated" in list(AuditEntry.objects.values_list("action", flat=True))
    assert OutgoingMail.objects.filter(to=person.email, subject__icontains="authenticator app").count() == 1


def test_signing_in_then_asks_for_the_code(secret: str) -> None:
    client = Client()
    assert sign_in(client).url.startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)
    assert client.get(reverse("home")).status_code == 302


def test_the_code_lets_in(halfway: Client, secret: str) -> None:
    assert halfway.get(reverse("mfa_authenticate")).status_code == 200
    answer(halfway, code_of(secret))
    assert is_signed_in(halfway)


def test_a_wrong_code_does_not(halfway: Client) -> None:
    assert answer(halfway, NOBODYS_CODE).status_code == 200
    assert not is_signed_in(halfway)


def test_a_code_counts_once(halfway: Client, secret: str) -> None:
    code, second = code_of(secret), Client()
    answer(halfway, code)
    sign_in(second)
    answer(second, code)
    assert not is_signed_in(second)


def test_wrong_codes_lock_the_door_for_a_while(halfway: Client, secret: str) -> None:
    for _ in range(6):
        answer(halfway, NOBODYS_CODE)
    answer(halfway, code_of(secret))
    assert not is_signed_in(halfway)


def test_a_recovery_code_lets_in_instead(bobs: Client, halfway: Client) -> None:
    answer(halfway, recovery_codes(bobs)[0])
    assert is_signed_in(halfway)


def test_a_recovery_code_works_once(bobs: Client, halfway: Client) -> None:
    code, second = recovery_codes(bobs)[0], Client()
    answer(halfway, code)
    sign_in(second)
    answer(second, code)
    assert not is_signed_in(second)


def test_new_recovery_codes_replace_the_old(bobs: Client, secret: str) -> None:
    old = recovery_codes(bobs)
    bobs.post(reverse("mfa_generate_recovery_codes"))
    assert not set(old) & set(recovery_codes(bobs))


def test_without_the_app_the_password_is_enough_again(bobs: Client, secret: str) -> None:
    bobs.post(reverse("mfa_deactivate_totp"))
    client = Client()
    sign_in(client)
    assert is_signed_in(client)


def test_the_settings_say_how_many_are_set_up(bobs: Client, secret: str) -> None:
    assert "1 set up." in bobs.get(reverse("settings_home")).content.decode()
