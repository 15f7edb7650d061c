import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
OUTSIDE = ["login", "password/reset", "signup"]
INSIDE = [
    "2fa",
    "2fa/totp/activate",
    "2fa/webauthn",
    "2fa/webauthn/add",
    "email",
    "password/change",
    "sessions",
    "logout",
    "reauthenticate",
]


FIELD = re.compile(r'<input(?![^>]*(?:aria-label|type="(?:hidden|submit|checkbox|radio)"))[^>]*\sid="([^"]+)"')


@pytest.fixture
def signed_in(alice: Any) -> Client:
    """A client that signed in and has just given the password again, as pages for keys and codes demand."""
    alice.set_password(PASSWORD)
    alice.save()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    client = Client()
    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def checked(client: Client, path: str) -> str:
    response = client.get(f"/accounts/{path}/")
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert "style=" not in page
    return page


@pytest.mark.parametrize("path", OUTSIDE)
def test_pages_before_signing_in_are_dressed_as_the_product(client: Client, path: str) -> None:
    assert 'class="card gate-card"' in checked(client, path)


@pytest.mark.parametrize("path", INSIDE)
def test_pages_of_the_account_are_dressed_as_the_product(signed_in: Client, path: str) -> None:
    page = checked(signed_in, path)
    assert 'aria-label="Sign-in and security"' in page or "gate-card" in page


@pytest.mark.parametrize("path", [*OUTSIDE, *INSIDE])
def test_every_field_has_a_label(signed_in: Client, path: str) -> None:
    page = checked(signed_in if path in INSIDE else Client(), path)
    assert [name for name in FIELD.findall(page) if f'for="{name}"' not in page] == []


def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "x@example.com", "password": "wrong"}).content.decode()
    assert 'role="alert"' in page
    assert "not correct" in page


def test_the_secret_of_an_authenticator_can_be_scanned(signed_in: Client) -> None:
    page = checked(signed_in, "2fa/totp/activate")
    assert 'class="qr"' in page
    assert "data:image/svg" in page
