"""Links that the replica does not have yet are asked of PostgreSQL, sparingly."""

import asyncio
import contextlib

import pytest

from shortener.domain.redirect import LinkFacts
from shortener.edge import lookup as looking
from shortener.edge.database import connect
from shortener.edge.lookup import Questions, links_at, people_of
from tests.shortener.edge.support import Database, Gate

KNOWN = ("sho.test", "known")


def ask(url: str, *keys: tuple[str, str], available: bool = True) -> list[object]:
    """What a fresh look-up answers to these questions, asked at once; False for those that it does not take."""

    async def run() -> list[object]:
        loop = asyncio.get_running_loop()
        lookup = Questions(links_at, name="lookup", database_url=url, loop=loop, is_available=lambda: available)
        answers: list[asyncio.Future[LinkFacts | None]] = [loop.create_future() for _ in keys]
        taken = [lookup.ask(key, answer.set_result) for key, answer in zip(keys, answers, strict=True)]
        lookup.start()
        results = [await answer if is_taken else False for is_taken, answer in zip(taken, answers, strict=True)]
        lookup.stop()
        return [*results, lookup.asked]

    return asyncio.run(run())


def test_a_link_is_found(database: Database) -> None:
    [found, _] = ask(database.url, KNOWN)
    assert isinstance(found, LinkFacts)
    assert (found.id, found.target) == (1, "https://example.com/known")


def test_people_are_those_that_were_counted(database: Database) -> None:
    database.run("INSERT INTO shortener_linktotal VALUES (71, 5)")
    with contextlib.closing(connect(database.url, application="test")) as connection:
        assert people_of(connection, {71, 72}) == {71: 5, 72: 0}


def test_an_unknown_link_is_none(database: Database) -> None:
    assert ask(database.url, ("sho.test", "none"))[0] is None


def test_the_same_question_is_asked_once(database: Database) -> None:
    *found, asked = ask(database.url, *[KNOWN] * 50)
    assert asked == 1
    assert len({one.id for one in found if isinstance(one, LinkFacts)}) == 1


def test_many_questions_are_one_query_each_with_its_answer(database: Database) -> None:
    assert [bool(one) for one in ask(database.url, KNOWN, ("sho.test", "none"), ("other.test", "known"))] == [
        True, False, False, True,
    ]  # fmt: skip


def test_without_postgresql_nothing_is_asked(database: Database) -> None:
    assert ask(database.url, KNOWN, available=False) == [False, 0]


def test_the_rate_is_bounded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "BURST", 2)
    monkeypatch.setattr(looking, "PER_SECOND", 0)
    assert ask(database.url, *[("sho.test", str(number)) for number in range(4)]) == [None, None, False, False, 2]


def test_a_server_that_refuses_means_unknown(gate: Gate) -> None:
    gate.shut()
    assert ask(gate.url, KNOWN)[0] is None


def test_a_server_that_does_not_answer_in_time_means_unknown(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_QUERY", "SELECT pg_sleep(0.3) -- %s")
    monkeypatch.setattr(looking, "TIMEOUT", 0.05)
    assert ask(database.url, KNOWN)[0] is None
