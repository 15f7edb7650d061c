from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import Team, User

FORM = {"name": "Platform", "slug": "platform", "time_zone": "UTC"}


def test_an_administrator_makes_a_team_and_manages_it(admin_user: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(admin_user).post(reverse("team_create"), FORM)
    assert page["Location"] == reverse("team_detail", args=["platform"])
    assert Team.objects.get().memberships.get().role == "manager"


def test_nobody_else_does(alice: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).get(reverse("team_create")).status_code == 403
    assert client_for(alice).post(reverse("team_create"), FORM).status_code == 403


def test_a_taken_slug_stays_on_the_form(admin_user: User, team: Team, client_for: Callable[[User], Any]) -> None:
    page = client_for(admin_user).post(reverse("team_create"), {**FORM, "slug": "payments"})
    assert "slug" in page.context["form"].errors
    assert page.context["form"]["name"].value() == "Platform"
