"""Limits of visits, exact over several edges, and what they do with Valkey flushed or away."""

import asyncio
import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import redis

from shortener.domain.redirect import Claim, LinkFacts
from shortener.domain.visit_counters import key_of
from shortener.edge import limits as gates
from shortener.edge.limits import Limits
from shortener.edge.valkey import Valkey

NUMBERS = itertools.count(920_000_000)
URL = os.environ["REDIS_URL"]


@pytest.fixture
def link() -> Iterator[LinkFacts]:
    link = LinkFacts(next(NUMBERS), "https://e.com/", max_visits=10)
    yield link
    _valkey().delete(key_of(link.id))


def _valkey() -> redis.Redis:
    return redis.Redis.from_url(URL)


class People:
    """What PostgreSQL knows of a link's people; None when it is away."""

    def __init__(self, people: int | None) -> None:
        self.people = people
        self.asked = 0

    def ask(self, _: int, found: Callable[[int | None], None]) -> bool:
        self.asked += 1
        if self.people is not None:
            asyncio.get_running_loop().call_soon(found, self.people)
        return self.people is not None


class Gates:
    """Some edges' gates on one loop; `claim` asks one of them."""

    def __init__(self, *limits: Limits) -> None:
        self.limits = limits

    async def claim(self, link: LinkFacts, edge: int = 0, *, counts: bool = True) -> Claim:
        future: asyncio.Future[Claim] = asyncio.get_running_loop().create_future()
        self.limits[edge].claim(link, counts=counts, told=future.set_result)
        return await future


def run(body: Callable[[Gates], object], people: People, *, edges: int = 1, url: str = URL) -> object:
    async def inner() -> object:
        clients = [Valkey(url, asyncio.get_running_loop()) for _ in range(edges)]
        for client in clients:
            client.start()
        async with asyncio.timeout(10):
            while url and not all(client.is_up for client in clients):
                await asyncio.sleep(0.005)
            result = await body(Gates(*(Limits(counters=one, people=people) for one in clients)))  # type: ignore[arg-type, misc]
        for client in clients:
            client.stop()
        return result

    return asyncio.run(inner())


def test_exactly_so_many_pass_through_two_edges_at_once(link: LinkFacts) -> None:
    async def body(gates: Gates) -> Counter[Claim]:
        return Counter(await asyncio.gather(*(gates.claim(link, number % 2) for number in range(200))))

    assert run(body, People(0), edges=2) == {Claim.GRANTED: 10, Claim.REFUSED: 190}


def test_the_people_of_before_count_and_are_asked_for_once(link: LinkFacts) -> None:
    async def body(gates: Gates) -> list[Claim]:
        return [await gates.claim(link) for _ in range(4)]

    people = People(8)
    assert run(body, people) == [Claim.GRANTED, Claim.GRANTED, Claim.REFUSED, Claim.REFUSED]
    assert people.asked == 1


def test_a_flushed_counter_opens_no_gate(link: LinkFacts) -> None:
    async def body(gates: Gates) -> list[Claim]:
        for _ in range(10):
            await gates.claim(link)
        _valkey().delete(key_of(link.id))
        return [await gates.claim(link) for _ in range(3)]

    assert run(body, People(0)) == [Claim.REFUSED] * 3


def test_a_flushed_counter_is_asked_of_postgresql_by_an_edge_that_is_new(link: LinkFacts) -> None:
    async def body(gates: Gates) -> list[Claim]:
        return [await gates.claim(link) for _ in range(2)]

    assert run(body, People(10)) == [Claim.REFUSED] * 2


def test_bots_and_heads_do_not_count_and_are_refused_with_all_others(link: LinkFacts) -> None:
    async def body(gates: Gates) -> list[Claim]:
        quiet = [await gates.claim(link, counts=False) for _ in range(20)]
        loud = [await gates.claim(link) for _ in range(10)]
        return [*set(quiet), *set(loud), await gates.claim(link, counts=False)]

    assert run(body, People(0)) == [Claim.GRANTED, Claim.GRANTED, Claim.REFUSED]


def test_with_valkey_away_the_link_decides(link: LinkFacts) -> None:
    async def body(gates: Gates) -> Claim:
        return await gates.claim(link)

    assert run(body, People(0), url="") is Claim.AWAY


def test_with_both_away_the_link_decides(link: LinkFacts) -> None:
    async def body(gates: Gates) -> Claim:
        return await gates.claim(link)

    assert run(body, People(None)) is Claim.AWAY


def test_a_gate_that_was_seen_shut_stays_shut_with_valkey_away(link: LinkFacts) -> None:
    async def body(gates: Gates) -> list[Claim]:
        for _ in range(9):
            await gates.claim(link)
        gates.limits[0].counters.stop()
        gates.limits[0].counters.is_up = False
        return [await gates.claim(link) for _ in range(3)]

    assert run(body, People(0)) == [Claim.AWAY, Claim.REFUSED, Claim.REFUSED]


def test_what_is_remembered_is_bounded(link: LinkFacts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "REMEMBERED", 2)
    limits = Limits(counters=None, people=None)  # type: ignore[arg-type]
    for link_id in range(5):
        limits._remember(link_id, 1)
    limits._remember(3, 0)
    assert dict(limits._seen) == {4: 1, 3: 1}
