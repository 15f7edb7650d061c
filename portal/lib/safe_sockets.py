"""The checked way to a host: names are resolved once, every address is checked, and connections go to checked ones."""

import asyncio
import errno
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field

from django.conf import settings

from portal.lib import addresses, stopwatches
from portal.lib.stopwatches import Stopwatch

FAMILIES = {"any": socket.AF_UNSPEC, "4": socket.AF_INET, "6": socket.AF_INET6}
OWN_ERRORS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ENETDOWN, errno.EADDRNOTAVAIL})
UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH})
ELSEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


class FetchError(Exception):
    """Why no answer came. `phase` is url, dns, connect, tls or response; a repeat cannot help a `permanent` one.

    `own` is trouble on this side, such as no file descriptors or no network: it says nothing about the target.
    """

    def __init__(self, reason: str, *, phase: str, permanent: bool = False, own: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.phase = phase
        self.permanent = permanent
        self.own = own


@dataclass(frozen=True, slots=True)
class Target:
    """A host and port that passed the checks, with the addresses it may be reached at; `url` names it in full."""

    url: str
    host: str
    port: int
    found: list[str] = field(default_factory=list)


def allowed(target: Target, resolved: list[str]) -> list[str]:
    """The resolved addresses that may be connected to; one forbidden address condemns the whole answer."""
    listed = addresses.is_listed(target.host, target.port, settings.PORTAL_PRIVATE_TARGETS)
    if listed or settings.PORTAL_ALLOW_PRIVATE_TARGETS:
        return resolved
    for address in resolved:
        if not addresses.is_public(address):
            raise FetchError(f"{target.host} leads to the private address {address}.", phase="dns", permanent=True)
    return resolved


async def resolve(target: Target, family: str = "any") -> Target:
    """`target` with its checked addresses; `family` is any, 4 or 6. An address needs no look-up."""
    literal = _literal(target.host)
    if literal and family in {"any", literal}:
        return Target(target.url, target.host, target.port, allowed(target, [target.host]))
    loop = asyncio.get_running_loop()
    try:
        answers = await loop.getaddrinfo(
            target.host, target.port, type=socket.SOCK_STREAM, family=FAMILIES.get(family, socket.AF_UNSPEC)
        )
    except (socket.gaierror, UnicodeError) as error:
        raise FetchError(
            f"{target.host} could not be resolved: {error}.", phase="dns", own=is_own_lookup(error)
        ) from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    return Target(target.url, target.host, target.port, allowed(target, found))


def _literal(host: str) -> str:
    """The family of a host that is an address in its usual spelling, empty for names."""
    try:
        return str(ipaddress.ip_address(host).version)
    except ValueError:
        return ""


def is_own(error: OSError) -> bool:
    """Whether a failed connection is this side's trouble: no descriptors, no memory, no ports, no network at all."""
    if error.errno in UNREACHABLE:
        return not has_route()
    return error.errno in OWN_ERRORS


def is_own_lookup(error: Exception) -> bool:
    """Whether a failed look-up is this side's trouble: no descriptors, no memory, or no network to ask over."""
    if not isinstance(error, socket.gaierror):
        return False
    if error.errno == socket.EAI_AGAIN:
        return not has_route()
    return error.errno in {socket.EAI_SYSTEM, socket.EAI_MEMORY}


def has_route() -> bool:
    """Whether this machine knows a way to the internet at all; nothing is sent."""
    return any(_leads_out(family, address) for family, address in ELSEWHERE.items())


def _leads_out(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
    except OSError:
        return False
    return True


async def connect(
    target: Target, *, watch: Stopwatch, tls: ssl.SSLContext | None = None, server_name: str | None = None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A stream to the first checked address of `target` that answers; FetchError names what kept the last one."""
    error: OSError | None = None
    token = stopwatches.current.set(watch)
    try:
        for address in target.found:
            watch.begin("connect")
            try:
                return await asyncio.open_connection(
                    address, target.port, ssl=tls, server_hostname=(server_name or target.host) if tls else None
                )
            except OSError as broken:
                error = broken
    finally:
        stopwatches.current.reset(token)
    raise explained(error or OSError(errno.EHOSTUNREACH, "no address"), target)


def explained(error: OSError, target: Target) -> FetchError:
    """The sentence and the phase of a connection that failed."""
    where = f"{target.host}:{target.port}"
    if isinstance(error, ssl.SSLError | ssl.CertificateError):
        return FetchError(f"TLS with {where} failed: {tls_reason(error)}.", phase="tls")
    words = error.strerror or type(error).__name__
    return FetchError(f"{where} could not be connected to: {words}.", phase="connect", own=is_own(error))


def tls_reason(error: OSError) -> str:
    """What OpenSSL found, without its bookkeeping."""
    told = getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error)
    return str(told).rstrip(".").replace("_", " ")
