"""Hostile conversations with an edge: each shape makes the bytes of one connection, and knows what may come back."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Talk:
    """What a client sends: pieces one after the other, and how it ends."""

    pieces: list[bytes]
    most_answers: int = 1
    """More answers than this would mean that a part of one request was taken for another."""
    shuts: bool = True
    """Whether the client shuts its side at the end, so that an edge that still waits has nothing to wait for."""
    resets: bool = False
    pause: float = 0.0


Shape = Callable[[random.Random, bytes], Talk]


def head(host: bytes, *lines: bytes, line: bytes = b"GET /known HTTP/1.1") -> bytes:
    """One request with its Host and more lines."""
    return b"\r\n".join((line, b"Host: " + host, *lines, b"", b""))


_LENGTHS = [
    b"Content-Length: 44", b"Content-Length: 0", b"Content-Length: +5", b"Content-Length: -1", b"Content-Length: 5, 5",
    b"Content-Length: 0x10", b"Content-Length:\t44", b"Content-Length : 44", b"content-length: 44", b"Content-Length: ",
    b"Content-Length: 99999999999999999999", b"Content-Length: 4 4", b" Content-Length: 44",
]  # fmt: skip
_CHUNKED = [
    b"Transfer-Encoding: chunked", b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding: xchunked", b"Transfer-Encoding: identity", b"transfer-encoding: CHUNKED",
    b"Transfer-Encoding:", b"Transfer-Encoding: chunked, identity", b"X: y\nTransfer-Encoding: chunked",
    b"X: y\rTransfer-Encoding: chunked", b"TE: trailers", b"Transfer_Encoding: chunked",
    b"Transfer-Encoding: \"chunked\"",
]  # fmt: skip
_HARMLESS = {b"Content-Length: 0", b"TE: trailers", b"Transfer_Encoding: chunked"}
"""Lines that say nothing of a body: what follows such a head is the next request."""


def smuggled(rand: random.Random, host: bytes) -> Talk:
    """A second request where one parser sees a body and another the next request."""
    inner = head(host, line=b"GET /smuggled HTTP/1.1")
    lines = rand.sample(_LENGTHS, rand.randint(0, 2)) + rand.sample(_CHUNKED, rand.randint(1, 2))
    rand.shuffle(lines)
    body = rand.choice([b"0\r\n\r\n", b"2c\r\n", b"", b"0\r\nX: y\r\n\r\n"]) + inner
    line = rand.choice([b"GET", b"HEAD", b"POST", b"GET"]) + b" /known HTTP/1.1"
    is_plain = _HARMLESS.issuperset(lines) and not line.startswith(b"POST")
    return Talk([head(host, *lines, line=line) + body], most_answers=3 if is_plain else 1)


def repeated(rand: random.Random, host: bytes) -> Talk:
    """A header that may stand only once, twice."""
    name = rand.choice([b"Host", b"hOST", b"Content-Length", b"Connection", b"Transfer-Encoding", b"User-Agent"])
    return Talk([head(host, name + b": 0", name.swapcase() + b": " + rand.choice([b"0", host, b"close"]))])


def folded(rand: random.Random, host: bytes) -> Talk:
    """Header lines that go on in the next line."""
    fold = rand.choice([b"\r\n ", b"\r\n\t", b"\n ", b"\r "])
    return Talk([head(host, b"X: a" + fold + rand.choice([b"b", b"Transfer-Encoding: chunked", b""]))])


def odd_lines(rand: random.Random, host: bytes) -> Talk:
    """Line ends that are none."""
    end = rand.choice([b"\n", b"\r", b"\n\r", b"\r\r\n", b"\0\r\n", b"\x85", b"\x0b\r\n", b" \r\n"])
    whole = head(host, b"Accept: */*")
    at = [match.start() for match in re.finditer(b"\r\n", whole)]
    cut = rand.choice(at)
    return Talk([whole[:cut] + end + whole[cut + 2 :]], most_answers=2)


def odd_bytes(rand: random.Random, host: bytes) -> Talk:
    """NUL, control characters and bytes above ASCII anywhere."""
    whole = bytearray(head(host, b"User-Agent: x", b"Accept: */*"))
    for _ in range(rand.randint(1, 3)):
        whole.insert(rand.randrange(len(whole)), rand.choice([0, 1, 7, 11, 12, 27, 127, 128, 195, 255]))
    return Talk([bytes(whole)], most_answers=2)


def targets(rand: random.Random, host: bytes) -> Talk:
    """Targets in every form, right and wrong."""
    target = rand.choice([
        b"http://" + host + b"/known", b"HTTP://" + host, b"http://evil.test/known", b"http:///known",
        b"https://a@b/known", b"*", b"//evil.test/known", b"/%", b"/%0", b"/%zz", b"/%00", b"/%c0%af", b"/%ed%a0%80",
        b"/..%2f..", b"/a#b", b"/\\evil", b"known", b"?known", b"/" + b"a" * rand.choice([4090, 4096, 9000]),
        b"/%0d%0aSet-Cookie:%20a", b"/\xc3\xa9", b"ftp://" + host + b"/known", b"javascript:alert(1)",
        b"/known?" + b"q" * 4000, b"/" + b"%61" * 1300,
    ])  # fmt: skip
    return Talk([head(host, line=b"GET " + target + b" HTTP/1.1")])


def first_lines(rand: random.Random, host: bytes) -> Talk:
    """Methods, versions and blanks that are no HTTP/1.1."""
    line = rand.choice([
        b"get /known HTTP/1.1", b"GET  /known HTTP/1.1", b"GET /known  HTTP/1.1", b"GET /known HTTP/1.1 ",
        b"GET /known", b"GET /known HTTP/1.2", b"GET /known HTTP/0.9", b"GET /known HTTP/2.0", b"PRI * HTTP/2.0",
        b"\x16\x03\x01\x02\x00", b"POST /known HTTP/1.1", b"PUT /known HTTP/1.1", b"CONNECT a:443 HTTP/1.1",
        b"OPTIONS * HTTP/1.1", b"BREW / HTTP/1.1", b"GET\t/known\tHTTP/1.1", b" GET /known HTTP/1.1",
        b"\r\nGET /known HTTP/1.1", b"GET /known HTTP/1.10", b"GET", b"", b"GET /known http/1.1",
        b"GET /known HTTP/1.1\x00", b"SSH-2.0-OpenSSH_9.2", b"HEAD /known HTTP/1.0",
    ])  # fmt: skip
    return Talk([head(host, line=line)], most_answers=2)


def pipelined(rand: random.Random, host: bytes) -> Talk:
    """Good requests with a bad one among them: none behind that is answered."""
    number = rand.randint(1, 30)
    good = [head(host, line=b"%s /%s HTTP/1.1" % (rand.choice([b"GET", b"HEAD"]), rand.choice([b"known", b"no"])))
            for _ in range(number)]  # fmt: skip
    bad = rand.choice([b"", b"BAD\r\n\r\n", head(host, b"A: b\0"), head(host, b"Content-Length: 9"), b"\x00" * 9])
    at = rand.randint(0, number)
    whole = b"".join(good[:at]) + bad + b"".join(good[at:])
    return Talk([whole], most_answers=at + 1 if bad else number)


def split(rand: random.Random, host: bytes) -> Talk:
    """A few requests in pieces of any size."""
    whole = head(host, b"User-Agent: slow") * rand.randint(1, 4)
    cuts = sorted(rand.sample(range(1, len(whole)), rand.randint(1, 8)))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    return Talk(pieces, most_answers=4, pause=0.001)


def drip(rand: random.Random, host: bytes) -> Talk:
    """One byte at a time, perhaps not to the end."""
    whole = head(host)[: rand.randint(1, 60)]
    return Talk([bytes([byte]) for byte in whole], pause=0.0005)


def huge(rand: random.Random, host: bytes) -> Talk:
    """Heads that are too large, whole or endless."""
    many = [b"A%d: b" % number for number in range(rand.choice([60, 80, 2000]))]
    long = [b"A: " + b"a" * rand.choice([15_000, 17_000, 200_000])]
    whole = head(host, *rand.choice([many, long]))
    return Talk([rand.choice([whole, whole[:-2], whole.replace(b"\r\n", b"")])])


def half_closed(rand: random.Random, host: bytes) -> Talk:
    """Clients that shut their side at once, in the middle of a request or behind one."""
    return Talk([head(host, line=b"GET /%s HTTP/1.1" % rand.choice([b"known", b"no"]))[: rand.choice([0, 5, 30, 999])]])


def vanishing(rand: random.Random, host: bytes) -> Talk:
    """Clients that reset the connection whenever it suits them."""
    whole = head(host) * rand.choice([1, 1, 20, 300])
    return Talk([whole[: rand.randint(1, len(whole))]], most_answers=300, shuts=False, resets=True)


def noise(rand: random.Random, _: bytes) -> Talk:
    """Any bytes at all."""
    return Talk([rand.randbytes(rand.choice([1, 20, 500, 20_000])) + rand.choice([b"", b"\r\n\r\n"])], most_answers=3)


def mutated(rand: random.Random, host: bytes) -> Talk:
    """A request of a browser with parts doubled, swapped, cut out or flipped."""
    lines = [b"Accept: */*", b"Accept-Language: de", b"Connection: keep-alive", b"User-Agent: Firefox"]
    whole = bytearray(head(host, *lines))
    for _ in range(rand.randint(1, 4)):
        start, stop = sorted(rand.sample(range(len(whole)), 2))
        part = bytes(whole[start:stop])
        whole[start:stop] = rand.choice([b"", part * 2, part[::-1], bytes(byte ^ 1 for byte in part), part.upper()])
        whole = whole or bytearray(b"GGG")
    return Talk([bytes(whole)], most_answers=8)


SHAPES: dict[str, Shape] = {
    shape.__name__: shape
    for shape in (
        smuggled, repeated, folded, odd_lines, odd_bytes, targets, first_lines, pipelined, split, drip, huge,
        half_closed, vanishing, noise, mutated,
    )
}  # fmt: skip
