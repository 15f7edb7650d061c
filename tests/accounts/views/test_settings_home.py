from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import User


def test_the_page_shows_the_profile_and_the_way_to_security(bob: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(bob).get(reverse("settings_home")).content.decode()
    assert "bob@example.com" in page
    assert reverse("mfa_index") in page


def test_name_and_zone_are_saved(bob: User, client_for: Callable[[User], Any]) -> None:
    form = {"name": "Robert", "time_zone": "America/New_York"}
    assert client_for(bob).post(reverse("settings_home"), form).status_code == 302
    bob.refresh_from_db()
    assert (bob.name, bob.time_zone) == ("Robert", "America/New_York")


def test_an_unknown_zone_stays_on_the_form(bob: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(bob).post(reverse("settings_home"), {"name": "Robert", "time_zone": "Mars/Base"})
    assert page.status_code == 200
    assert "time_zone" in page.context["form"].errors
