"""Every hostile shape of the fuzz campaign against the running edge, a few times, always the same ones."""

import asyncio
import json
import random
from collections.abc import Iterator

import pytest

from loadtest.shapes import SHAPES, Talk
from loadtest.talks import answers, converse, faults
from tests.shortener.edge.support import Database, EdgeProcess

pytestmark = pytest.mark.xdist_group("edge_fuzz")

GET = b"GET /known HTTP/1.1\r\nHost: sho.test\r\n\r\n"
ROUNDS = 40


@pytest.fixture(autouse=True)
def survivor(edge: EdgeProcess) -> Iterator[None]:
    """The edge still answers afterwards, and has logged no exception."""
    yield
    assert edge.get("/known").status == 302
    lines = [json.loads(line) for line in edge.log.read_text().splitlines()]
    assert [line["exception"] for line in lines if "exception" in line] == []


async def _all(port: int, talks: list[Talk]) -> list[bytes]:
    return list(await asyncio.gather(*(converse(port, talk) for talk in talks)))


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_confuses_the_edge(edge: EdgeProcess, database: Database, name: str) -> None:
    rand = random.Random(name)
    talks = [SHAPES[name](rand, database.domain.encode()) for _ in range(ROUNDS)]
    streams = asyncio.run(_all(edge.port, talks))
    judged = ((talk.pieces[0], faults(talk, stream)) for talk, stream in zip(talks, streams, strict=True))
    assert [(sent, found) for sent, found in judged if found] == []


@pytest.mark.parametrize("sent", [GET[:9], GET[:-2], GET[:-1]])
def test_a_head_that_can_never_be_whole_is_not_waited_for(edge: EdgeProcess, sent: bytes) -> None:
    assert asyncio.run(converse(edge.port, Talk([sent]))) == b""


def test_whole_heads_before_the_end_are_all_answered(edge: EdgeProcess) -> None:
    stream = asyncio.run(converse(edge.port, Talk([GET * 50 + GET[:9]])))
    assert [status for status, _ in answers(stream)] == [302] * 50


@pytest.mark.parametrize(
    ("stream", "fault"),
    [
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n" * 2, "2 answers where 1 are the most"),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "status 500"),
        (b"oh no", "no answer: b'oh no'"),
    ],
)
def test_the_judge_sees_what_is_wrong(stream: bytes, fault: str) -> None:
    assert faults(Talk([b""]), stream) == [fault]
