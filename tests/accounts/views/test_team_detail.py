from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import Team, User

URL = "/settings/teams/payments/"


def test_members_and_roles_are_shown(vera: User, bob: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(vera).get(reverse("team_detail", args=["payments"])).content.decode()
    assert "bob@example.com" in page
    assert "Add member" not in page


def test_a_manager_may_add(alice: User, client_for: Callable[[User], Any]) -> None:
    assert b"Add member" in client_for(alice).get(URL).content


def test_everybody_signed_in_reads_a_team_that_is_not_private(
    team: Team, charlie: User, client_for: Callable[[User], Any]
) -> None:
    assert client_for(charlie).get(URL).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("vera", 200), ("charlie", 404), ("admin_user", 200)])
def test_a_private_team_is_not_there_for_others(
    name: str, status: int, team: Team, client_for: Callable[[User], Any], request: pytest.FixtureRequest
) -> None:
    Team.objects.filter(pk=team.pk).update(is_private=True)
    assert client_for(request.getfixturevalue(name)).get(URL).status_code == status
