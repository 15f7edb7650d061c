from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import User
from tests.factories.accounts import MembershipFactory


def test_an_administrator_sees_everybody_and_their_teams(
    admin_user: User, bob: User, client_for: Callable[[User], Any]
) -> None:
    page = client_for(admin_user).get(reverse("user_list")).content.decode()
    assert "bob@example.com" in page
    assert "Payments" in page


@pytest.mark.parametrize("name", ["alice", "bob", "vera"])
def test_nobody_else_does(name: str, client_for: Callable[[User], Any], request: pytest.FixtureRequest) -> None:
    client = client_for(request.getfixturevalue(name))
    assert client.get(reverse("user_list")).status_code == 403
    assert b"People</a>" not in client.get(reverse("settings_home")).content


def test_queries_do_not_grow_with_people(
    admin_user: User, client_for: Callable[[User], Any], django_assert_max_num_queries: Any
) -> None:
    MembershipFactory.create_batch(10)
    client = client_for(admin_user)
    client.get(reverse("user_list"))
    with django_assert_max_num_queries(18):
        client.get(reverse("user_list"))


def test_ending_and_administration_are_a_page_away_but_not_ones_own_end(
    admin_user: User, bob: User, client_for: Callable[[User], Any]
) -> None:
    page = client_for(admin_user).get(reverse("user_list")).content.decode()
    assert reverse("user_switch", args=[bob.public_id]) in page
    assert reverse("user_administrator", args=[bob.public_id]) in page
    assert reverse("user_switch", args=[admin_user.public_id]) not in page
