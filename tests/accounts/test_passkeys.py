"""The pages and endpoints of passkeys, up to what only a real authenticator can answer."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tests.factories.accounts import PASSWORD


@pytest.fixture
def bobs(bob: User, client: Client) -> Client:
    """A browser in which Bob has signed in and, as before every change, said his password again."""
    bob.set_password(PASSWORD)
    bob.save()
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": bob.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def login_options() -> Any:
    return Client().get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})


def test_the_sign_in_page_offers_a_passkey(db: None) -> None:
    assert "passkey" in Client().get(reverse("account_login")).content.decode().lower()


def test_the_browser_gets_a_challenge_to_sign_in_with(db: None) -> None:
    options = login_options().json()["request_options"]["publicKey"]
    assert len(options["challenge"]) >= 43
    assert options["rpId"] == "testserver"


def test_each_challenge_is_new(db: None) -> None:
    challenges = {login_options().json()["request_options"]["publicKey"]["challenge"] for _ in range(3)}
    assert len(challenges) == 3


@pytest.mark.parametrize("credential", ["", "nonsense", "{}"])
def test_what_is_no_credential_signs_nobody_in(db: None, client: Client, credential: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.status_code < 500
    assert "_auth_user_id" not in client.session


def test_the_page_to_add_one_carries_the_options_for_the_browser(bob: User, bobs: Client) -> None:
    page = bobs.get(reverse("mfa_add_webauthn"))
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert (options["user"]["name"], options["rp"]["id"]) == (bob.email, "testserver")
    assert "mfa/js/webauthn" in page.content.decode()


@pytest.mark.parametrize("credential", ["nonsense", "{}"])
def test_what_is_no_credential_is_not_added(bobs: Client, credential: str) -> None:
    answer = bobs.post(reverse("mfa_add_webauthn"), {"name": "Key", "credential": credential})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_the_list_of_keys_is_shown(bob: User, bobs: Client) -> None:
    Authenticator.objects.create(user=bob, type="webauthn", data={"name": "Blue key", "credential": {}})
    assert "Blue key" in bobs.get(reverse("mfa_list_webauthn")).content.decode()


@pytest.mark.parametrize("page", ["mfa_list_webauthn", "mfa_add_webauthn", "mfa_index"])
def test_a_stranger_sees_no_page_of_keys(db: None, page: str) -> None:
    assert Client().get(reverse(page)).status_code == 302


def test_no_page_of_second_factors_runs_inline_code(bobs: Client) -> None:
    policy = bobs.get(reverse("mfa_add_webauthn"))["Content-Security-Policy"]
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "answer", ['{"id": "x"}', "{}", "[]", "7", '"x"', '{"rawId": 1, "response": null}', "not json"]
)
def test_what_is_no_answer_of_a_passkey_is_refused(answer: str) -> None:
    client = Client()
    client.get("/accounts/2fa/webauthn/login/")
    response = client.post("/accounts/2fa/webauthn/login/", {"credential": answer})
    assert response.status_code in {200, 302, 400}
