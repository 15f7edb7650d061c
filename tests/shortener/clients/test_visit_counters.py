from typing import Any

import pytest

from shortener.clients import visit_counters
from shortener.domain.redirect import Claim

LINK = 940_000_001


def claim(known: int = -1, limit: int = 5) -> tuple[Claim, int]:
    return visit_counters.claim(link_id=LINK, known=known, limit=limit, counts=True)


def test_a_counter_is_lifted_and_never_lowered() -> None:
    assert [visit_counters.raise_to({LINK: 3}), visit_counters.raise_to({LINK: 2})] == [1, 0]
    assert claim() == (Claim.GRANTED, 4)


def test_many_counters_are_lifted_in_one_step() -> None:
    people = {LINK + number: number for number in range(1, 500)}
    assert (visit_counters.raise_to(people), visit_counters.raise_to(people)) == (499, 0)
    assert visit_counters.raise_to({}) == 0


def test_it_is_the_gate_of_the_edges() -> None:
    assert [claim(known=4), claim()] == [(Claim.GRANTED, 5), (Claim.REFUSED, 5)]


def test_a_dead_server_is_told_apart(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(visit_counters.CounterAway):
        claim()
    with pytest.raises(visit_counters.CounterAway):
        visit_counters.raise_to({LINK: 1})
