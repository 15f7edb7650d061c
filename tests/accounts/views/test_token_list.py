from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import User
from tests.factories.accounts import issue_token


def test_own_tokens_are_shown_without_their_secret(bob: User, alice: User, client_for: Callable[[User], Any]) -> None:
    text = issue_token(user=bob, name="deploy", scopes=["releases:write"])
    issue_token(user=alice, name="not-mine")
    page = client_for(bob).get(reverse("token_list")).content.decode()
    assert "deploy" in page
    assert "releases:write" in page
    assert text not in page
    assert "not-mine" not in page


def test_an_empty_list_says_what_to_do(bob: User, client_for: Callable[[User], Any]) -> None:
    assert b"No tokens yet" in client_for(bob).get(reverse("token_list")).content
