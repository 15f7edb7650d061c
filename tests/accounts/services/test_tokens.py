from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from portal.accounts.domain.actors import Actor
from portal.accounts.exceptions import UnknownScopes
from portal.accounts.models import ApiToken, AuditEntry, ServiceAccount, Team, User
from portal.accounts.selectors import actors
from portal.accounts.services import tokens
from portal.lib.errors import Invalid, PermissionDenied
from tests.factories.accounts import ServiceAccountFactory, issue_token


@pytest.fixture
def make(alice: User, actor_of: Callable[[User], Actor], now: datetime) -> Callable[..., tokens.IssuedToken]:
    def issue(**fields: Any) -> tokens.IssuedToken:
        wanted = {"actor": actor_of(alice), "user": alice, "name": "ci", "scopes": ["links:read"], "now": now}
        return tokens.create_token(**{**wanted, **fields})

    return issue


def test_the_text_authenticates_and_is_not_stored(make: Callable[..., tokens.IssuedToken], now: datetime) -> None:
    issued = make()
    assert tokens.authenticate(issued.text, now=now) == issued.token
    assert issued.text.split("_")[-1] not in str(list(ApiToken.objects.values()))


def test_making_a_token_is_audited_without_its_secret(make: Callable[..., tokens.IssuedToken]) -> None:
    issued = make()
    entry = AuditEntry.objects.get(action="token.created")
    assert entry.changes["scopes"] == [None, ["links:read"]]
    assert issued.text not in str(entry.changes)


@pytest.mark.parametrize("text", ["", "prt_aaaaaaaa_wrong", "Bearer x", "prt_\x00aaaaaaa_x"])
def test_other_texts_authenticate_nobody(db: None, text: str, now: datetime) -> None:
    assert tokens.authenticate(text, now=now) is None


def test_the_right_prefix_with_another_secret_fails(make: Callable[..., tokens.IssuedToken], now: datetime) -> None:
    assert tokens.authenticate(f"prt_{make().token.prefix}_guess", now=now) is None


def test_an_expired_token_fails(make: Callable[..., tokens.IssuedToken], now: datetime) -> None:
    issued = make(expires_at=now + timedelta(hours=1))
    assert tokens.authenticate(issued.text, now=now + timedelta(minutes=59))
    assert tokens.authenticate(issued.text, now=now + timedelta(hours=1)) is None


def test_a_revoked_token_fails_for_good(
    make: Callable[..., tokens.IssuedToken], alice: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    issued = make()
    tokens.revoke_token(actor=actor_of(alice), token=issued.token, now=now)
    tokens.revoke_token(actor=actor_of(alice), token=issued.token, now=now + timedelta(hours=1))
    assert tokens.authenticate(issued.text, now=now) is None
    assert ApiToken.objects.get().revoked_at == now
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_a_token_ends_with_its_owner(bob: User, now: datetime) -> None:
    text = issue_token(user=bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert tokens.authenticate(text, now=now) is None


def test_a_token_ends_with_its_service_account(team: Team, now: datetime) -> None:
    text = issue_token(service_account=ServiceAccountFactory(team=team, is_active=False))
    assert tokens.authenticate(text, now=now) is None


def test_use_is_recorded_at_most_once_a_minute(make: Callable[..., tokens.IssuedToken], now: datetime) -> None:
    text = make().text
    for seconds in (0, 59, 60):
        tokens.authenticate(text, now=now + timedelta(seconds=seconds))
    assert ApiToken.objects.get().last_used_at == now + timedelta(seconds=60)


def test_a_second_use_within_a_minute_only_reads(
    make: Callable[..., tokens.IssuedToken], now: datetime, django_assert_num_queries: Any
) -> None:
    text = make().text
    tokens.authenticate(text, now=now)
    with django_assert_num_queries(1):
        tokens.authenticate(text, now=now + timedelta(seconds=30))


def test_unknown_scopes_are_named(make: Callable[..., tokens.IssuedToken]) -> None:
    with pytest.raises(UnknownScopes) as caught:
        make(scopes=["links:fly"])
    assert caught.value.fields["scopes"] == ["There is no scope links:fly."]


def test_a_token_without_scopes_is_refused(make: Callable[..., tokens.IssuedToken]) -> None:
    with pytest.raises(Invalid):
        make(scopes=[])


def test_a_token_that_is_over_before_it_starts_is_refused(
    make: Callable[..., tokens.IssuedToken], now: datetime
) -> None:
    with pytest.raises(Invalid):
        make(expires_at=now)


def test_a_token_cannot_make_a_mightier_one(make: Callable[..., tokens.IssuedToken]) -> None:
    weak = actors.actor_for_token(make(scopes=["tokens:write"]).token)
    with pytest.raises(PermissionDenied, match="links:write"):
        make(actor=weak, scopes=["links:write"])


def test_a_token_held_to_a_team_cannot_make_a_wider_one(make: Callable[..., tokens.IssuedToken], team: Team) -> None:
    held = actors.actor_for_token(make(scopes=["admin"], team=team).token)
    with pytest.raises(PermissionDenied):
        make(actor=held)


def test_nobody_makes_a_token_for_somebody_else(make: Callable[..., tokens.IssuedToken], bob: User) -> None:
    with pytest.raises(PermissionDenied):
        make(user=bob)


def test_a_token_is_held_only_to_a_team_of_its_owner(make: Callable[..., tokens.IssuedToken], other_team: Team) -> None:
    with pytest.raises(PermissionDenied):
        make(team=other_team)


def test_a_manager_makes_tokens_for_the_teams_programs(make: Callable[..., tokens.IssuedToken], team: Team) -> None:
    account: ServiceAccount = ServiceAccountFactory(team=team)
    assert make(user=None, service_account=account).token.service_account == account


def test_a_stranger_revokes_nothing(
    make: Callable[..., tokens.IssuedToken], charlie: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        tokens.revoke_token(actor=actor_of(charlie), token=make().token, now=now)


def test_the_database_wants_exactly_one_owner(db: None, now: datetime) -> None:
    with pytest.raises(IntegrityError):
        ApiToken.objects.create(name="x", prefix="aaaaaaaa", digest="x", scopes=[], created_at=now)
