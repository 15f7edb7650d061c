"""How many links that do not exist a client may ask for."""

import pytest

from shortener.edge import budget as budgets
from shortener.edge.budget import Budget, client_key

NOW = 1_000_000.0


def test_a_client_has_so_many_and_is_told_when_there_is_one_again() -> None:
    budget = Budget(per_minute=3)
    assert [budget.take(b"192.0.2.1", NOW) for _ in range(4)] == [0, 0, 0, 20]
    assert budget.take(b"192.0.2.1", NOW + 19) == 1
    assert [budget.take(b"192.0.2.1", NOW + 20), budget.take(b"192.0.2.1", NOW + 20)] == [0, 20]


def test_a_full_bucket_holds_no_more_than_a_minutes_worth() -> None:
    budget = Budget(per_minute=2)
    budget.take(b"192.0.2.1", NOW)
    assert [bool(budget.take(b"192.0.2.1", NOW + 9_999)) for _ in range(3)] == [False, False, True]


def test_clients_do_not_share() -> None:
    budget = Budget(per_minute=1)
    assert [budget.take(address, NOW) for address in (b"192.0.2.1", b"192.0.2.2")] == [0, 0]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (b"192.0.2.1", b"192.0.2.1"),
        (b"::ffff:192.0.2.1", b"192.0.2.1"),
        (b"2001:db8::1", b"2001:db8::/64"),
        (b"2001:db8::ffff:2", b"2001:db8::/64"),
        (b"nonsense", b"nonsense"),
        (b"", b""),
    ],
)
def test_a_network_of_ipv6_is_one_client(address: bytes, key: bytes) -> None:
    assert client_key(address) == key


def test_without_a_bound_nobody_is_refused() -> None:
    budget = Budget(per_minute=0)
    assert {budget.take(b"192.0.2.1", NOW) for _ in range(1000)} == {0}


def test_a_flood_of_clients_makes_no_busy_one_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "MOST_CLIENTS", 10)
    budget = Budget(per_minute=1)
    budget.take(b"192.0.2.1", NOW)
    for number in range(100):
        budget.take(str(number).encode(), NOW)
        assert budget.take(b"192.0.2.1", NOW) > 0
    assert len(budget._recent) + len(budget._former) <= 20


def test_a_clock_that_is_set_back_takes_nothing() -> None:
    budget = Budget(per_minute=2)
    assert [budget.take(b"192.0.2.1", at) for at in (NOW, NOW - 500)] == [0, 0]
