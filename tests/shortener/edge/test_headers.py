"""Header blocks that are known by their bytes."""

import pytest

from shortener.domain.segments import GOOD, OPTED_OUT, PREFIX, ClickRecord, encode
from shortener.edge import headers
from shortener.edge.headers import GET, PREFETCH, Block, Blocks, client_of


def block(**fields: str) -> Block:
    named = {name.replace("_", "-").encode(): value.encode() for name, value in fields.items()}
    return Block(b"sho.test", {b"Host": b"sho.test", **named})


def test_a_block_is_found_by_its_bytes_only() -> None:
    blocks, known = Blocks(), block()
    blocks.learn(b"Host: sho.test\r\n\r\n", known)
    assert blocks.find(b"Host: sho.test\r\n\r\n") is known
    assert blocks.find(b"host: sho.test\r\n\r\n") is None


def test_blocks_in_use_outlive_a_flood_of_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "MOST_BLOCKS", 3)
    blocks, known = Blocks(), block()
    blocks.learn(b"known", known)
    for number in range(20):
        blocks.learn(b"%d" % number, block())
        assert blocks.find(b"known") is known


def test_blocks_not_in_use_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "MOST_BLOCKS", 3)
    blocks = Blocks()
    for number in range(20):
        blocks.learn(b"%d" % number, block())
    known = [number for number in range(20) if blocks.find(b"%d" % number) is not None]
    assert len(known) <= 6
    assert known[-1] == 19


@pytest.mark.parametrize(
    ("fields", "method"),
    [
        ({}, GET),
        ({"Purpose": "prefetch"}, PREFETCH),
        ({"Sec_Purpose": "prefetch;prerender"}, PREFETCH),
        ({"Purpose": "other"}, GET),
    ],
)
def test_a_prefetch_is_told_from_a_visit(fields: dict[str, str], method: int) -> None:
    assert block(**fields).method == method


@pytest.mark.parametrize(
    ("fields", "flags"),
    [({}, GOOD), ({"Dnt": "1"}, GOOD | OPTED_OUT), ({"Sec_Gpc": "1"}, GOOD | OPTED_OUT), ({"Dnt": "0"}, GOOD)],
)
def test_a_visitor_may_opt_out(fields: dict[str, str], flags: int) -> None:
    assert block(**fields).marks == bytes((GET, flags))


def test_the_part_of_a_record_that_is_the_clients() -> None:
    lengths, texts = block(Referer="r" * 2000, User_Agent="agent", Accept_Language="de").client(b"192.0.2.1")
    body = encode(ClickRecord(1, 2, 302, True, "GET", "h", "s", "r" * 1024, "agent", "192.0.2.1", "de"))[PREFIX.size :]
    assert body.endswith(lengths + b"hs" + texts)


@pytest.mark.parametrize(
    ("forwarded", "hops", "address"),
    [
        (b"192.0.2.1", 1, b"192.0.2.1"),
        (b"203.0.113.9, 192.0.2.1", 1, b"192.0.2.1"),
        (b"203.0.113.9, 192.0.2.1 , 10.0.0.1", 2, b"192.0.2.1"),
        (b"192.0.2.1", 2, b""),
        (b"", 1, b""),
    ],
)
def test_an_address_is_believed_only_from_trusted_hops(forwarded: bytes, hops: int, address: bytes) -> None:
    assert client_of({b"X-Forwarded-For": forwarded}, hops) == address
