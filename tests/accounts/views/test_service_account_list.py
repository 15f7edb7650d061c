from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import Team, User
from tests.factories.accounts import ServiceAccountFactory, TeamFactory


def test_those_of_visible_teams_are_listed(team: Team, vera: User, client_for: Callable[[User], Any]) -> None:
    ServiceAccountFactory(team=team, name="deploy")
    ServiceAccountFactory(team=TeamFactory(is_private=True), name="nightly")
    page = client_for(vera).get(reverse("service_account_list")).content.decode()
    assert "deploy" in page
    assert "nightly" not in page


def test_managers_are_offered_a_new_one(alice: User, vera: User, client_for: Callable[[User], Any]) -> None:
    assert b"New service account" in client_for(alice).get(reverse("service_account_list")).content
    assert b"New service account" not in client_for(vera).get(reverse("service_account_list")).content
