"""One conversation with an edge, and what is wrong with its answers."""

import asyncio
import contextlib
import re
import socket
import struct

from loadtest.shapes import Talk

PATIENCE = 5.0
"""Seconds after which a connection that nobody closed is hung."""

STATUSES = frozenset({200, 302, 303, 400, 404, 405, 408, 410, 414, 429, 431, 503, 505})
_ANSWER = re.compile(rb"HTTP/1\.1 (\d{3}) [^\r\n]*\r\n((?:[!-~]+: [^\r\n]*\r\n)+)\r\n")
_LENGTH = re.compile(rb"Content-Length: (\d+)\r\n")


class HungError(Exception):
    """The edge neither answered nor closed."""


async def converse(port: int, talk: Talk) -> bytes:
    """Everything that came back; raises HungError."""
    reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), PATIENCE)
    try:
        await asyncio.wait_for(_say(writer, talk), PATIENCE)
        return b"" if talk.resets else await asyncio.wait_for(_listen(reader), PATIENCE)
    except TimeoutError:
        raise HungError from None
    finally:
        if talk.resets:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.close()


async def _say(writer: asyncio.StreamWriter, talk: Talk) -> None:
    with contextlib.suppress(OSError):  # it has closed already, as it may
        for piece in talk.pieces:
            writer.write(piece)
            await writer.drain()
            if talk.pause:
                await asyncio.sleep(talk.pause)
        if talk.shuts:
            writer.write_eof()


async def _listen(reader: asyncio.StreamReader) -> bytes:
    heard = b""
    with contextlib.suppress(OSError):
        while part := await reader.read(65536):
            heard += part
    return heard


def answers(stream: bytes) -> list[tuple[int, bytes]]:
    """Status and headers of each answer in what an edge sent; raises ValueError where it is no HTTP.

    Nothing says here which answers belong to a HEAD, so a body may be missing wherever the next answer begins.
    """
    found = []
    while stream:
        match = _ANSWER.match(stream)
        length = _LENGTH.search(match[2]) if match else None
        if match is None or length is None:
            raise ValueError(f"no answer: {stream[:200]!r}")
        rest = stream[match.end() :]
        body = int(length[1])
        stream = rest if rest.startswith(b"HTTP/1.1 ") or not rest else rest[body:]
        found.append((int(match[1]), match[2]))
    return found


def faults(talk: Talk, stream: bytes) -> list[str]:
    """What is wrong with the answers to a conversation."""
    try:
        found = answers(stream)
    except ValueError as error:
        return [str(error)]
    wrong = [f"status {status}" for status, _ in found if status not in STATUSES]
    refused = [number for number, (_, headers) in enumerate(found, 1) if b"Connection: close" in headers]
    if refused and refused[0] != len(found):
        wrong.append("answers behind the last one")
    if len(found) > talk.most_answers:
        wrong.append(f"{len(found)} answers where {talk.most_answers} are the most")
    return wrong
