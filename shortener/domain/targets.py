"""What can be said of a target without parsing it, and of a parsed one: is it one of our own addresses?"""

import re
from collections.abc import Collection

MAX_LENGTH = 8000
SCHEMES = frozenset({"http", "https"})
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_HOST, MAX_LABEL = 253, 63
FOLLOW_PATH = "/go/"
"""Where the portal's own origin follows short links."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def text_problem(text: str) -> str | None:
    """Why a text cannot be a target at all: empty, too long, or with characters that do not print.

    Space and ends of lines around it mean nothing.
    """
    text = text.strip()
    if not text:
        return "Give an address."
    if len(text) > MAX_LENGTH:
        return f"Use at most {MAX_LENGTH} characters."
    if _CONTROL.search(text):
        return "The address contains control characters."
    return None


def normal_host(host: str) -> str:
    """A host as it is compared: lower case, without the dot at its end."""
    return host.lower().rstrip(".")


def host_problem(host: str) -> str | None:
    """Why no name server can know a parsed host: it is too long, or a part between its dots is or is missing."""
    labels = [] if host.startswith("[") else normal_host(host).split(".")
    if len(host) > MAX_HOST or any(len(label) > MAX_LABEL for label in labels):
        return f"The host name is too long: at most {MAX_HOST} characters, and {MAX_LABEL} between two dots."
    return "The host name has an empty part between its dots." if "" in labels else None


def effective_port(scheme: str, port: str) -> int:
    """The port that a parsed URL leads to."""
    return int(port) if port else DEFAULT_PORTS[scheme]


def is_self_loop(*, host: str, port: int, served: Collection[str], link_port: int) -> bool:
    """Whether (host, port) is an address at which links are served, so that a link to it could run in a circle.

    `host` is the parsed (IDNA) host. A domain served on a standard port is a loop on both standard ports, because one
    usually leads to the other; on a port of its own, only that port is.
    """
    if not {normal_host(host), f"{normal_host(host)}:{port}"} & set(served):
        return False
    standard = set(DEFAULT_PORTS.values())
    return port in standard if link_port in standard else port == link_port
