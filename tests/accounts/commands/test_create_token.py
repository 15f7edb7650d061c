from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import ApiToken, Team, User
from portal.accounts.services import tokens


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("create_token", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_a_working_token_and_nothing_else(admin_user: User, now: datetime) -> None:
    text = printed("--scopes", "links:read,links:create")
    assert text.count("\n") == 1
    token = tokens.authenticate(text.strip(), now=now)
    assert token is not None
    assert (token.user, token.scopes) == (admin_user, ["links:read", "links:create"])


def test_it_takes_an_owner_and_a_team(alice: User, team: Team) -> None:
    printed("--scopes", "links:read", "--user", "alice@example.com", "--team", "payments", "--days", "3")
    token = ApiToken.objects.get()
    assert (token.user, token.team) == (alice, team)
    assert token.expires_at is not None


@pytest.mark.parametrize(
    "arguments",
    [["--scopes", "links:fly"], ["--scopes", ""], ["--scopes", "links:read", "--user", "no@example.com"]],
)
def test_it_says_what_is_wrong(admin_user: User, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        printed(*arguments)


def test_it_needs_somebody_to_own_the_token(db: None) -> None:
    with pytest.raises(CommandError, match="no administrator"):
        printed("--scopes", "links:read")


def test_it_does_not_know_a_team_that_is_not_there(admin_user: User) -> None:
    with pytest.raises(CommandError, match="no such team"):
        printed("--scopes", "links:read", "--team", "nowhere")
