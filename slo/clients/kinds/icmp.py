"""ICMP: echo requests over the kernel's ping sockets, which need no privileges where the operator permits them."""

import asyncio
import socket
import struct
from datetime import timedelta
from time import perf_counter

from portal.lib import safe_sockets
from portal.lib.safe_sockets import Target
from slo.clients.kinds.base import Failure, Kind, Talk, attempt
from slo.domain.option_values import Option, Shape
from slo.domain.probing import Outcome, Phase, ProbeSpec, too_slow
from slo.domain.targets import is_host

NOT_PERMITTED = "The kernel does not permit ping sockets here (net.ipv4.ping_group_range)."
HEADER = struct.Struct("!BBHHH")
REQUEST = {socket.AF_INET: 8, socket.AF_INET6: 128}
REPLY = {socket.AF_INET: 0, socket.AF_INET6: 129}
PROTOCOL = {socket.AF_INET: socket.IPPROTO_ICMP, socket.AF_INET6: socket.IPPROTO_ICMPV6}
PAYLOAD = b"sre-portal probe"
BUFFER = 2048


class IcmpKind(Kind):
    """Sends echo requests one after the other; without permission nothing is measured."""

    key = "icmp"
    label = "ICMP (ping)"
    summary = "Sends echo requests and counts how many come back."
    target_label = "Host"
    target_hint = "gateway.example.com"
    options = (
        Option("packets", "Requests", Shape.NUMBER, default=3, low=1, high=10),
        Option("losses", "Lost requests, at most", Shape.NUMBER, default=0, high=9),
    )

    def check_target(self, url: str) -> None:
        """Refuses what is no host, and every host where the kernel permits no ping sockets."""
        if not is_host(url.strip()):
            raise ValueError("Give a host name or an address.")
        try:
            opened(socket.AF_INET).close()
        except PermissionError as error:
            raise ValueError(NOT_PERMITTED) from error

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Sends all requests once and judges how many came back, and how fast on average."""
        return await attempt(spec, self._run)

    async def _run(self, talk: Talk) -> Outcome:
        host = talk.spec.url.strip()
        talk.watch.begin("resolve")
        target = await safe_sockets.resolve(Target(host, host, 0), talk.spec.ip_family)
        family = socket.AF_INET6 if ":" in target.found[0] else socket.AF_INET
        try:
            pinger = opened(family)
        except PermissionError:
            return Outcome(False, timedelta(0), Phase.SEND, NOT_PERMITTED, measured=False)
        with pinger:
            return await self._judged(talk, pinger, (target.found[0], 0), family)

    async def _judged(
        self, talk: Talk, pinger: socket.socket, address: tuple[str, int], family: socket.AddressFamily
    ) -> Outcome:
        packets = talk.option(self, "packets")
        patience = talk.spec.timeout.total_seconds() * 0.9 / packets
        talk.watch.begin("wait")
        times = [await echo(pinger, address, family, number, patience) for number in range(1, packets + 1)]
        talk.watch.stop()
        back = [spent for spent in times if spent is not None]
        lost = packets - len(back)
        if lost > talk.option(self, "losses") or not back:
            raise Failure(f"{lost} of {packets} requests were lost.", Phase.WAIT)
        latency = timedelta(seconds=sum(back) / len(back))
        if reason := too_slow(latency, talk.spec):
            raise Failure(reason, Phase.ASSERTION, latency=latency)
        return Outcome(True, latency)


def opened(family: socket.AddressFamily) -> socket.socket:
    """A ping socket; PermissionError where the kernel does not permit them."""
    made = socket.socket(family, socket.SOCK_DGRAM, PROTOCOL[family])
    made.setblocking(False)
    return made


async def echo(
    pinger: socket.socket, address: tuple[str, int], family: socket.AddressFamily, number: int, patience: float
) -> float | None:
    """The seconds until the reply to one request, None when none came in `patience` seconds.

    The kernel sets the identifier and the checksum, and hands over replies to this socket only.
    """
    loop, started = asyncio.get_running_loop(), perf_counter()
    pinger.sendto(HEADER.pack(REQUEST[family], 0, 0, 0, number) + PAYLOAD, address)  # uvloop has no sock_sendto
    try:
        async with asyncio.timeout(patience):
            while True:
                answer = await loop.sock_recv(pinger, BUFFER)
                if len(answer) >= HEADER.size and _is_reply(HEADER.unpack(answer[: HEADER.size]), family, number):
                    return perf_counter() - started
    except TimeoutError:
        return None


def _is_reply(header: tuple[int, ...], family: socket.AddressFamily, number: int) -> bool:
    return header[0] == REPLY[family] and header[4] == number
