import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.accounts.models import ApiToken, Team, User
from portal.accounts.services import tokens

URL = "/settings/tokens/new/"
FORM = {"name": "ci", "lifetime": "", "scopes": ["links:read", "links:create"]}


def test_the_answer_shows_a_working_token(bob: User, client_for: Callable[[User], Any], now: datetime) -> None:
    page = client_for(bob).post(URL, FORM)
    text = re.search(r"prt_[a-z0-9]{8}_[\w-]+", page.content.decode())
    assert text is not None
    assert tokens.authenticate(text[0], now=now) == ApiToken.objects.get()
    assert "no-store" in page["Cache-Control"]


def test_the_form_offers_only_own_teams(bob: User, other_team: Team, client_for: Callable[[User], Any]) -> None:
    page = client_for(bob).get(URL).content.decode()
    assert "Payments" in page
    assert "Search</option>" not in page


def test_a_token_ends_after_the_chosen_days(bob: User, client_for: Callable[[User], Any]) -> None:
    client_for(bob).post(URL, {**FORM, "lifetime": "30"})
    token = ApiToken.objects.get()
    assert token.expires_at is not None
    assert (token.expires_at - token.created_at).days == 30


def test_no_scope_is_no_token(bob: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(bob).post(reverse("token_create"), {**FORM, "scopes": []})
    assert "scopes" in page.context["form"].errors
    assert not ApiToken.objects.exists()
