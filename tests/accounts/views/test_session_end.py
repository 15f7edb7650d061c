from collections.abc import Callable
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from portal.accounts.models import User

URL = "/settings/sessions/end/"


@pytest.fixture
def other(bob: User, client_for: Callable[[User], Any]) -> Any:
    client = client_for(bob)
    client.get(reverse("settings_home"))
    return client


def session_of(client: Any) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_one_other_browser_is_signed_out(bob: User, other: Any, client_for: Callable[[User], Any]) -> None:
    client_for(bob).post(URL, {"session": session_of(other).pk})
    assert other.get(reverse("settings_home")).status_code == 302


def test_all_others_are_signed_out_and_this_one_stays(bob: User, other: Any, client_for: Callable[[User], Any]) -> None:
    own = client_for(bob)
    own.post(URL)
    assert other.get(reverse("settings_home")).status_code == 302
    assert own.get(reverse("settings_home")).status_code == 200


@pytest.mark.parametrize("value", ["x", "999999"])
def test_a_session_that_is_not_theirs_is_404(bob: User, value: str, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).post(URL, {"session": value}).status_code == 404


def test_reading_ends_nothing(bob: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).get(URL).status_code == 405
