"""The loop's connection to Valkey: every question is answered, in time."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from shortener.edge import valkey as connecting
from shortener.edge.valkey import Valkey, _greeting
from tests.shortener.edge.support import Gate, free_port

URL = os.environ["REDIS_URL"]
Body = Callable[[Valkey], Awaitable[Any]]


def run(body: Body, url: str = URL, *, wait: bool = True) -> Any:
    """What `body` returns, given a client that is connected."""

    async def inner() -> Any:
        client = Valkey(url, asyncio.get_running_loop())
        client.start()
        try:
            async with asyncio.timeout(10):
                while wait and not client.is_up:
                    await asyncio.sleep(0.005)
                return await body(client)
        finally:
            client.stop()

    return asyncio.run(inner())


async def ask(client: Valkey, *words: str) -> Any:
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    client.ask(*words, done=future.set_result)
    return await future


def test_questions_are_answered_in_their_order() -> None:
    async def body(client: Valkey) -> list[Any]:
        return list(await asyncio.gather(*(ask(client, "ECHO", str(number)) for number in range(100))))

    assert run(body) == [str(number).encode() for number in range(100)]


def test_an_error_is_no_answer_and_harms_no_other() -> None:
    async def body(client: Valkey) -> list[Any]:
        return list(await asyncio.gather(ask(client, "NONSENSE"), ask(client, "ECHO", "a")))

    assert run(body) == [None, b"a"]


def test_without_a_url_nothing_is_asked() -> None:
    async def body(client: Valkey) -> tuple[Any, str]:
        return await ask(client, "PING"), client.trouble

    assert run(body, "", wait=False) == (None, "REDIS_URL is not set")


def test_a_server_that_is_not_there_is_no_answer_at_once() -> None:
    async def body(client: Valkey) -> tuple[Any, bool]:
        await asyncio.sleep(0.05)
        return await ask(client, "PING"), "refused" in client.trouble or "Connect" in client.trouble

    assert run(body, f"redis://127.0.0.1:{free_port()}/0", wait=False) == (None, True)


def test_a_server_that_says_nothing_is_waited_for_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "TIMEOUT", 0.05)

    async def body(client: Valkey) -> tuple[Any, Any, int]:
        late = await ask(client, "BLPOP", "nothing:here", "0.2")
        await asyncio.sleep(0.3)
        return late, await ask(client, "ECHO", "a"), client.timeouts

    assert run(body) == (None, b"a", 1)


def test_a_lost_connection_is_made_again_and_answers_whoever_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "TIMEOUT", 5)
    gate = Gate(URL)

    async def body(client: Valkey) -> tuple[Any, Any]:
        waiting = asyncio.ensure_future(ask(client, "BLPOP", "nothing:here", "5"))
        await asyncio.sleep(0.02)
        gate.shut()
        lost = await waiting
        gate.open()
        while not client.is_up:
            await asyncio.sleep(0.01)
        return lost, await ask(client, "ECHO", "a")

    assert run(body, gate.url) == (None, b"a")
    gate.shut()


def test_more_questions_than_may_wait_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "MOST_PENDING", 1)

    async def body(client: Valkey) -> list[Any]:
        return list(await asyncio.gather(*(ask(client, "ECHO", "a") for _ in range(2))))

    assert run(body) == [b"a", None]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("redis://h/3", [("SELECT", "3")]),
        ("redis://:p%40ss@h", [("AUTH", "p@ss"), ("SELECT", "0")]),
        ("rediss://user:pass@h:1/2", [("AUTH", "user", "pass"), ("SELECT", "2")]),
        ("unix:///run/valkey.sock?db=4", [("SELECT", "4")]),
    ],
)
def test_a_connection_begins_with_password_and_database(url: str, words: list[tuple[str, ...]]) -> None:
    assert _greeting(urlsplit(url)) == words
