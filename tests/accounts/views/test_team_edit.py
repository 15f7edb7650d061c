from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import Team, User

URL = "/settings/teams/payments/edit/"
FORM = {"name": "Money", "slug": "money", "time_zone": "Europe/Berlin", "is_private": "on"}


def test_a_manager_changes_the_team(alice: User, team: Team, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).post(URL, FORM)["Location"] == "/settings/teams/money/"
    team.refresh_from_db()
    assert (team.name, team.is_private) == ("Money", True)


@pytest.mark.parametrize("name", ["bob", "vera", "charlie"])
def test_others_may_not(
    name: str, team: Team, client_for: Callable[[User], Any], request: pytest.FixtureRequest
) -> None:
    assert client_for(request.getfixturevalue(name)).post(URL, FORM).status_code == 403


def test_a_bad_slug_stays_on_the_form(alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(URL, {**FORM, "slug": "new"})
    assert page.context["form"].errors["slug"] == ["new is reserved."]
