from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import Invitation, Membership, User

URL = "/settings/teams/payments/members/add/"


def test_a_person_with_an_account_is_in_at_once(alice: User, charlie: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(URL, {"email": "charlie@example.com", "role": "viewer"})
    assert page.status_code == 302
    assert Membership.objects.filter(user=charlie, team__slug="payments").exists()


def test_a_new_person_is_invited_and_the_link_is_shown(alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(URL, {"email": "nora@example.com", "role": "viewer"}).content.decode()
    assert "http://localhost:8000/invitations/" in page
    assert Invitation.objects.get().email == "nora@example.com"


def test_a_second_invitation_stays_on_the_form(alice: User, client_for: Callable[[User], Any]) -> None:
    client = client_for(alice)
    client.post(URL, {"email": "nora@example.com", "role": "viewer"})
    page = client.post(URL, {"email": "nora@example.com", "role": "viewer"})
    assert page.context["form"].non_field_errors()


@pytest.mark.parametrize("name", ["bob", "vera"])
def test_only_managers_add(name: str, client_for: Callable[[User], Any], request: pytest.FixtureRequest) -> None:
    assert client_for(request.getfixturevalue(name)).get(URL).status_code == 403
