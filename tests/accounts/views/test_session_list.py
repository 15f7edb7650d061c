from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from portal.accounts.models import User


def test_the_current_browser_is_marked(bob: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(bob).get(reverse("session_list")).content.decode()
    assert page.count("This browser") == 1


def test_other_browsers_are_listed_with_a_way_out(bob: User, client_for: Callable[[User], Any]) -> None:
    other = Client(HTTP_USER_AGENT="Another/1.0")
    other.force_login(bob)
    other.get(reverse("settings_home"))
    page = client_for(bob).get(reverse("session_list")).content.decode()
    assert "Another/1.0" in page
    assert "Sign out all others" in page
