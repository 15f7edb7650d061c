"""How tests are shared among workers."""

import itertools

from tests import shares

MANY = [f"tests/test_a.py::test_{number}" for number in range(1000)]


def group_of(nodeid: str) -> str:
    return nodeid.rpartition("@")[2]


def test_a_group_is_one_unit_wherever_its_tests_stand() -> None:
    units = shares.units_of(["a@walk", *MANY, "b@walk"], group_of)
    assert {nodeid for nodeid, unit in units.items() if unit == "walk"} == {"a@walk", "b@walk"}


def test_all_else_goes_by_the_handful_and_by_less_in_the_end() -> None:
    units = list(shares.units_of(MANY, group_of).values())
    sizes = [units.count(unit) for unit in dict.fromkeys(units)]
    assert sum(sizes) == len(MANY)
    assert (sizes[0], sizes[-1]) == (shares.HANDFUL, shares.LAST_HANDFUL)


def test_a_handful_is_of_neighbours() -> None:
    units = list(shares.units_of(MANY, group_of).values())
    assert units[: shares.HANDFUL] == [units[0]] * shares.HANDFUL
    assert len(dict.fromkeys(units)) == 1 + sum(a != b for a, b in itertools.pairwise(units))
