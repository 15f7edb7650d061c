"""Which network addresses the portal may call: public ones, and exactly those private ones that the operator lists."""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

CARRIER_GRADE_NAT = ipaddress.ip_network("100.64.0.0/10")
SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def parse(text: str) -> Address:
    """The address that `text` spells, with an IPv4 address hidden in IPv6 (mapped, NAT64, 6to4) taken out."""
    address = ipaddress.ip_address(text.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return ipaddress.IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    return address


def is_public(text: str) -> bool:
    """Whether `text` is an address of the public internet: no loopback, private, link-local, shared or reserved one."""
    address = parse(text)
    shared = isinstance(address, ipaddress.IPv4Address) and address in CARRIER_GRADE_NAT
    return address.is_global and not shared and not address.is_multicast and not address.is_reserved


def is_listed(host: str, port: int, targets: Iterable[str]) -> bool:
    """Whether `host:port` is, letter by letter, one of the operator's private targets."""
    return f"{host}:{port}" in set(targets)
