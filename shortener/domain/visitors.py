"""What is known of who asks for a link, worked out only when a rule or a limit asks for it."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from shortener.domain.negotiation import preferred_languages

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Client(NamedTuple):
    """What a user agent says of itself, in the words of the statistics."""

    is_bot: bool
    device: str
    os: str
    browser: str


STRANGER = Client(is_bot=True, device="bot", os="unknown", browser="unknown")


@dataclass(eq=False)
class Visitor:
    """One client as its headers and address tell it. `client_of` and `country_of` are the readers of the drain.

    Nothing is asked of the client and nothing is kept: `identity` is its address (IPv6: the /64) and its user agent.
    """

    user_agent: str = ""
    address: str = ""
    accept_language: str = ""
    client_of: Callable[[str], tuple[bool, str, str, str]] = field(default=lambda _: STRANGER)
    country_of: Callable[[str], str] = field(default=lambda _: "unknown")

    @cached_property
    def client(self) -> Client:
        return Client(*self.client_of(self.user_agent))

    @cached_property
    def country(self) -> str:
        """Two letters of where the network is registered, or `unknown`."""
        return self.country_of(self.address)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that are liked best, in lower case."""
        return preferred_languages(self.accept_language)

    @cached_property
    def parsed_address(self) -> Address | None:
        """The address, a mapped IPv4 one as such; None if it is none."""
        try:
            address: Address = ipaddress.ip_address(self.address)
        except ValueError:
            return None
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        return mapped or address

    @cached_property
    def identity(self) -> bytes:
        """What tells visitors apart without a cookie."""
        return f"{network_of(self.parsed_address)}\0{self.user_agent}".encode("utf-8", "replace")


def network_of(address: Address | None) -> str:
    """The address that stands for one client: an IPv4 address, or the /64 of an IPv6 one; empty for none."""
    if address is None:
        return ""
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
