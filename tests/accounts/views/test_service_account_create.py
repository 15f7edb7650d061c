from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import ServiceAccount, Team, User
from tests.factories.accounts import ServiceAccountFactory

URL = "/settings/service-accounts/new/"
FORM = {"team": "payments", "name": "deploy", "role": "responder", "description": "The pipeline"}


def test_a_manager_makes_one(alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(URL, FORM)
    account = ServiceAccount.objects.get()
    assert page["Location"] == reverse("service_account_detail", args=[account.public_id])


def test_a_team_that_one_does_not_manage_is_no_choice(bob: User, client_for: Callable[[User], Any]) -> None:
    assert "team" in client_for(bob).post(URL, FORM).context["form"].errors
    assert not ServiceAccount.objects.exists()


def test_a_taken_name_stays_on_the_form(alice: User, team: Team, client_for: Callable[[User], Any]) -> None:
    ServiceAccountFactory(team=team, name="deploy")
    assert "name" in client_for(alice).post(URL, FORM).context["form"].errors
