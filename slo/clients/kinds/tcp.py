"""TCP: a connection, and a dialog over it: texts that are sent and patterns that must come."""

import asyncio
from codecs import getincrementaldecoder
from datetime import timedelta
from time import perf_counter
from typing import Any

from portal.lib import safe_sockets
from portal.lib.safe_sockets import Target
from slo.clients import credentials, syntax
from slo.clients.kinds.base import Failure, Kind, Talk, attempt
from slo.clients.kinds.http import TRUST, context_of, trust_problems
from slo.domain.option_values import Option, Shape
from slo.domain.probing import Outcome, Phase, ProbeSpec, too_slow
from slo.domain.targets import host_and_port

MAX_BYTES = 64_000
PIECE = 4096
LINE_ENDS = {"crlf": "\r\n", "lf": "\n", "none": ""}
CERTIFICATES = credentials.NAMES[-2:]


class TcpKind(Kind):
    """Connects, and talks where there is something to say."""

    key = "tcp"
    label = "TCP"
    summary = "Opens a connection, with TLS where you like, and may send texts and wait for patterns."
    target_label = "Host and port"
    target_hint = "mail.example.com:25"
    secrets = CERTIFICATES
    options = (
        Option(
            "dialog",
            "Dialog",
            Shape.DIALOG,
            default=[],
            longest=500,
            help="One turn on each line: expect and a pattern (RE2), or send and a text.",
        ),
        Option(
            "line_end",
            "End of a sent line",
            Shape.CHOICE,
            default="crlf",
            choices=(("crlf", "CR LF"), ("lf", "LF"), ("none", "Nothing")),
        ),
        Option("tls", "Speak TLS from the start", Shape.FLAG, default=False),
        *TRUST,
    )

    def check_target(self, url: str) -> None:
        """Refuses anything but a host with a port."""
        host_and_port(url)

    def check_options(self, options: Any) -> dict[str, str]:
        """Refuses authorities that are no certificates."""
        return trust_problems(options)

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Connects once and holds the dialog."""
        return await attempt(spec, self._run)

    async def _run(self, talk: Talk) -> Outcome:
        started = perf_counter()
        reader, writer = await opened(talk, self if talk.option(self, "tls") else None)
        ear = _Ear(reader)
        try:
            for turn in talk.option(self, "dialog"):
                await self._turn(turn, talk, ear, writer)
        finally:
            writer.close()
        latency = timedelta(seconds=perf_counter() - started)
        if reason := too_slow(latency, talk.spec):
            raise Failure(reason, Phase.ASSERTION, latency=latency)
        return Outcome(True, latency)

    async def _turn(self, turn: dict[str, str], talk: Talk, ear: "_Ear", writer: asyncio.StreamWriter) -> None:
        if "send" in turn:
            talk.watch.begin("send")
            writer.write(f"{turn['send']}{LINE_ENDS[talk.option(self, 'line_end')]}".encode())
            await writer.drain()
            return
        talk.watch.begin("wait")
        await ear.expect(turn["expect"])


async def opened(talk: Talk, kind: Kind | None) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the target of a run, over TLS with the options of `kind` where there is one."""
    host, port = host_and_port(talk.spec.url)
    talk.watch.begin("resolve")
    target = await safe_sockets.resolve(Target(talk.spec.url, host, port), talk.spec.ip_family)
    if kind is None:
        return await safe_sockets.connect(target, watch=talk.watch)
    tls = context_of(talk, authorities=talk.option(kind, "authorities"), verify=talk.option(kind, "verify"))
    return await safe_sockets.connect(target, watch=talk.watch, tls=tls, server_name=_server_name(talk))


def _server_name(talk: Talk) -> str | None:
    return str(talk.spec.options.get("server_name", "")) or None


class _Ear:
    """What was heard and not expected yet: a later turn begins behind the match of an earlier one."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._heard, self._room, self._is_over = "", MAX_BYTES, False

    async def expect(self, pattern: str) -> None:
        """Listens until `pattern` is heard; Failure when the connection ends before, or nothing else comes."""
        while (end := syntax.end_of(pattern, self._heard)) is None:
            if self._is_over:
                reason = f"The connection ended before '{pattern}' was seen."
                raise Failure(reason, Phase.WAIT, self._heard.encode())
            if self._room <= 0:
                reason = f"'{pattern}' was not in the first {MAX_BYTES} bytes."
                raise Failure(reason, Phase.ASSERTION, self._heard.encode())
            piece = await self._reader.read(PIECE)
            self._room -= len(piece)
            self._is_over = not piece
            self._heard += self._decoder.decode(piece)
        self._heard = self._heard[end:]
