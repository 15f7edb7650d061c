import pytest

from portal.accounts.domain.roles import Role


def test_each_role_is_above_the_one_before() -> None:
    assert Role.VIEWER < Role.RESPONDER < Role.MANAGER


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_not_above_itself(role: Role) -> None:
    assert role <= role
    assert not role > role


def test_a_role_compares_with_the_word_of_a_row() -> None:
    assert Role.MANAGER >= "responder"
    assert Role("viewer") < "manager"
