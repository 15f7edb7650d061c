"""The counter of a link's visits, run in the real Valkey."""

import itertools
import os
from collections.abc import Iterator

import pytest
import redis

from shortener.domain import visit_counters
from shortener.domain.redirect import Claim

NUMBERS = itertools.count(910_000_000)


@pytest.fixture
def link_id() -> int:
    return next(NUMBERS)


@pytest.fixture
def valkey(link_id: int) -> Iterator[redis.Redis]:
    client = redis.Redis.from_url(os.environ["REDIS_URL"])
    client.delete(visit_counters.key_of(link_id))
    yield client
    client.delete(visit_counters.key_of(link_id))


def claim(
    valkey: redis.Redis, link_id: int, *, known: int = -1, limit: int = 2, counts: bool = True
) -> tuple[Claim, int]:
    words = visit_counters.arguments(known=known, limit=limit, counts=counts)
    return visit_counters.verdict(valkey.eval(visit_counters.SCRIPT, 1, visit_counters.key_of(link_id), *words))


def test_as_many_pass_as_the_limit_says(valkey: redis.Redis, link_id: int) -> None:
    claims = [claim(valkey, link_id, known=0) for _ in range(3)]
    assert claims == [(Claim.GRANTED, 1), (Claim.GRANTED, 2), (Claim.REFUSED, 2)]


def test_who_does_not_count_is_answered_and_not_counted(valkey: redis.Redis, link_id: int) -> None:
    assert [claim(valkey, link_id, known=0, counts=False) for _ in range(3)] == [(Claim.GRANTED, 0)] * 3
    claim(valkey, link_id, limit=1)
    assert claim(valkey, link_id, limit=1, counts=False) == (Claim.REFUSED, 1)


def test_a_counter_that_nobody_knows_is_not_invented(valkey: redis.Redis, link_id: int) -> None:
    assert claim(valkey, link_id) == (Claim.AWAY, visit_counters.UNSEEDED)
    assert not valkey.exists(visit_counters.key_of(link_id))


def test_a_flushed_counter_is_lifted_to_what_the_caller_remembers(valkey: redis.Redis, link_id: int) -> None:
    claim(valkey, link_id, known=0, limit=1)
    valkey.delete(visit_counters.key_of(link_id))
    assert claim(valkey, link_id, known=1, limit=1) == (Claim.REFUSED, 1)


def test_what_the_caller_remembers_never_lowers_a_counter(valkey: redis.Redis, link_id: int) -> None:
    claim(valkey, link_id, known=5, limit=9)
    assert claim(valkey, link_id, known=2, limit=9) == (Claim.GRANTED, 7)


def test_a_higher_limit_opens_the_gate_again(valkey: redis.Redis, link_id: int) -> None:
    claim(valkey, link_id, known=1, limit=1)
    assert claim(valkey, link_id, limit=2) == (Claim.GRANTED, 2)


@pytest.mark.parametrize("reply", [None, "OK", [1], [1, "2"], [-1, -1], 5])
def test_what_is_no_verdict_counts_as_away(reply: object) -> None:
    assert visit_counters.verdict(reply) == (Claim.AWAY, visit_counters.UNSEEDED)
