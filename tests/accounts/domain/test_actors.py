import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.lib.errors import PermissionDenied

RESPONDER = Actor(kind="user", label="Bob", user_id=7, roles={1: Role.RESPONDER})


@pytest.mark.parametrize(
    ("role", "team_id", "allowed"),
    [
        (Role.VIEWER, 1, True),
        (Role.RESPONDER, 1, True),
        (Role.MANAGER, 1, False),
        (Role.VIEWER, 2, False),
        (Role.VIEWER, None, False),
    ],
)
def test_a_role_holds_in_its_team_and_downwards(role: Role, team_id: int | None, allowed: bool) -> None:
    assert RESPONDER.may(role, team_id) is allowed


def test_require_names_the_missing_role() -> None:
    with pytest.raises(PermissionDenied, match="manager"):
        RESPONDER.require(Role.MANAGER, 1)


def test_the_portal_itself_may_everything() -> None:
    assert Actor.system("pager").may(Role.MANAGER, 99)


def test_nobody_known_may_nothing() -> None:
    assert not Actor.anonymous().may(Role.VIEWER, 1)
    assert not Actor.anonymous().has_scope("links:read")


def test_only_administrators_pass_the_administrators_gate() -> None:
    with pytest.raises(PermissionDenied):
        RESPONDER.require_administrator()


def test_a_session_has_every_scope_and_a_token_its_own() -> None:
    token = Actor(kind="user", label="Bob", token_id=3, scopes=frozenset({"links:read"}))
    assert RESPONDER.has_scope("links:write")
    assert token.has_scope("links:read")
    assert not token.has_scope("links:write")


def test_the_admin_scope_holds_all_others() -> None:
    assert Actor(kind="user", label="Root", scopes=frozenset({"admin"})).has_scope("audit:read")


def test_the_key_tells_tokens_and_people_apart() -> None:
    assert RESPONDER.key == "user:7"
    assert Actor(kind="user", label="Bob", user_id=7, token_id=3).key == "token:3"


def test_team_ids_are_those_with_a_role() -> None:
    assert RESPONDER.team_ids == {1}
