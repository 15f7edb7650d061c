"""What a probe asks: a URL, or a host with or without a port."""

import ipaddress
import re

HOST = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?")
HIGHEST_PORT = 65535
LONGEST_HOST = 253


def host_and_port(text: str, usual_port: int | None = None) -> tuple[str, int]:
    """`example.com:443` or `[2001:db8::1]:443` in its two parts; ValueError says in a sentence what is wrong.

    Without `usual_port` the port has to be given.
    """
    host, port = _split(text.strip())
    if not is_host(host):
        raise ValueError("Give a host name or an address, such as example.com:443.")
    if not port:
        if usual_port is None:
            raise ValueError("Give the port as well, such as example.com:443.")
        return host, usual_port
    if not (port.isascii() and port.isdecimal() and len(port) <= 5 and 1 <= int(port) <= HIGHEST_PORT):
        raise ValueError("The port is a number from 1 to 65535.")
    return host, int(port)


def _split(text: str) -> tuple[str, str]:
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        return host, rest.removeprefix(":")
    if text.count(":") > 1:
        return text, ""
    host, _, port = text.partition(":")
    return host, port


def is_host(text: str) -> bool:
    """Whether `text` is a host name (ASCII or an international one) or an address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return len(text) <= LONGEST_HOST and HOST.fullmatch(_ascii(text)) is not None
    return True


def _ascii(text: str) -> str:
    try:
        return text.encode("idna").decode()
    except UnicodeError:
        return ""
