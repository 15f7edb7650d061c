"""Real servers on loopback, all on one event loop in one thread, whose faults are switched on by what is asked."""

import asyncio
import json
import ssl
import tempfile
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from tests.factories.certificates import Authority, Pair

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
RECORDS = {
    "web.example.": [("A", ["192.0.2.7", "192.0.2.8"]), ("TXT", ['"v=spf1 -all"'])],
    "mail.example.": [("MX", ["10 mx.mail.example."])],
    "empty.example.": [],
}
ANSWER = {"status": "ok", "count": 3, "ratio": 0.1, "items": [{"id": 1}, {"id": 2}], "access_token": "s3cr3t-abcdef"}
TOKEN = "tok-123456789"


def _certificates(folder: Path, authority: Authority) -> dict[str, Pair]:
    return {
        "good": authority.issue("127.0.0.1", "localhost"),
        "wrong": authority.issue("elsewhere.example"),
        "expired": authority.issue("127.0.0.1", days=-2),
    }


class Servers:
    """The ports by name; `authority` signed the certificates of the TLS servers."""

    def __init__(self) -> None:
        self.authority = Authority()
        self.ports: dict[str, int] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)

    def stop(self) -> None:
        """Ends all conversations and the thread."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @property
    def listed(self) -> list[str]:
        """What the operator has to list for probes to reach them."""
        return [f"{host}:{port}" for port in self.ports.values() for host in ("127.0.0.1", "localhost")]

    def url(self, name: str, path: str = "/") -> str:
        """The URL of a web server."""
        return f"{'http' if name == 'http' else 'https'}://127.0.0.1:{self.ports[name]}{path}"

    def at(self, name: str) -> str:
        """Host and port of a server."""
        return f"127.0.0.1:{self.ports[name]}"

    async def _start(self) -> None:
        await self._listen("http", web)
        await self._listen("tcp", mail)
        with tempfile.TemporaryDirectory() as folder:
            for name, pair in _certificates(Path(folder), self.authority).items():
                await self._listen(name, web, _context(Path(folder), pair))
            strict = _context(Path(folder), self.authority.issue("127.0.0.1"))
            strict.verify_mode = ssl.CERT_REQUIRED
            strict.load_verify_locations(cadata=self.authority.certificate)
            await self._listen("mutual", web, strict)
        transport, _ = await self._loop.create_datagram_endpoint(Names, local_addr=("127.0.0.1", 0))
        self.ports["dns"] = transport.get_extra_info("sockname")[1]

    async def _listen(self, name: str, handler: Handler, tls: ssl.SSLContext | None = None) -> None:
        server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=tls)
        self.ports[name] = server.sockets[0].getsockname()[1]


def _context(folder: Path, pair: Pair) -> ssl.SSLContext:
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_text(pair.certificate)
    key.write_text(pair.key)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(chain, key)
    return made


async def web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One request, one answer; the path says which fault is on."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers.get("Content-Length", "0")))
        method, path, _ = head[0].split(" ")
        await _answer(writer, method, path, headers, body)
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def _answer(writer: asyncio.StreamWriter, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
    faults = {"/hang": _hang, "/reset": _reset, "/short": _short, "/cut": _cut}
    if path in faults:
        await faults[path](writer)
        return
    status, more, content = _page(method, path, headers, body)
    more = {"Content-Type": "application/json", "Content-Length": str(len(content)), **more}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in more.items()), "", ""]
    writer.write("\r\n".join(lines).encode("utf-8", "surrogateescape") + (b"" if method == "HEAD" else content))
    await writer.drain()


def _page(method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
    echo = {"method": method, "headers": headers, "body": body.decode()}
    signed = headers.get("Authorization") == f"Bearer {TOKEN}" and "sid=abc" in headers.get("Cookie", "")
    pages: dict[str, tuple[int, dict[str, str], bytes]] = {
        "/": (200, {"Content-Type": "text/plain"}, b"all well"),
        "/json": (200, {"X-Build": "7"}, json.dumps(ANSWER).encode()),
        "/echo": (200, {}, json.dumps(echo).encode()),
        "/odd": (503, {"X-Odd": "caf\udce9 \udcff"}, b'{"lines": "a\\r\\nb", "nul": "\\u0000"}'),
        "/redirect": (302, {"Location": "/json"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/login": (200, {"Set-Cookie": "sid=abc; Path=/"}, json.dumps({"token": TOKEN}).encode()),
        "/account": (200 if signed else 401, {}, b'{"name": "Ada"}'),
    }
    return pages.get(path) or (int(path[1:]) if path[1:].isdecimal() else 404, {}, b"all well")


async def _hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def _cut(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def _short(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 Said\r\nContent-Length: 100\r\n\r\nonly this")
    await writer.drain()


async def mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Greets like a mail server; QUIT ends, HANG says nothing more, anything else is echoed."""
    writer.write(b"220 mail.example ready\r\n")
    try:
        while (line := await reader.readline()) and not line.startswith(b"QUIT"):
            writer.write(b"" if line.startswith(b"HANG") else b"250 " + line)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


class Names(asyncio.DatagramProtocol):
    """Answers from RECORDS; `refused.example` is refused, `long.example` cut off, `silent.example` gets nothing."""

    transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        question = dns.message.from_wire(data)
        name = question.question[0].name.to_text()
        if name != "silent.example.":
            self.transport.sendto(self._answer(question, name), addr)

    def _answer(self, question: dns.message.Message, name: str) -> bytes:
        answer = dns.message.make_response(question)
        codes = {"refused.example.": dns.rcode.REFUSED, "broken.example.": dns.rcode.SERVFAIL}
        answer.set_rcode(codes.get(name, dns.rcode.NOERROR if name in RECORDS else dns.rcode.NXDOMAIN))
        if name == "long.example.":
            answer.flags |= dns.flags.TC
        kind = dns.rdatatype.to_text(question.question[0].rdtype)
        for record_type, values in RECORDS.get(name, []):
            if record_type == kind:
                answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, values))
        return answer.to_wire()
