from incidents.domain import roles


def test_every_role_says_what_it_is_for() -> None:
    assert set(roles.MEANING) == set(roles.IncidentRole)
