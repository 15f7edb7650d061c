"""From a click record to what is kept of its visitor: kinds and places, never an identity.

The caches hold what one worker met lately; user agents and addresses repeat, so most records cost a look-up only.
"""

import hashlib
import ipaddress
import logging
import re
import socket
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

import crawleruseragents
import iptocc
import ua_parser

from shortener.domain.reading import Texts
from shortener.domain.tallies import printable
from shortener.domain.visits import Visit

logger = logging.getLogger(__name__)

UNKNOWN = "unknown"
DESKTOPS = frozenset({"Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Chrome OS", "FreeBSD", "OpenBSD"})
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}")
VISITOR_BYTES = 16
AGENTS_KEPT = 20_000
MOST_STRANGERS = 2_000
"""User agents never met before that a batch may bring."""


class Client(NamedTuple):
    """What a user agent says of itself."""

    is_bot: bool
    device: str
    os: str
    browser: str


UNREAD = Client(True, "bot", UNKNOWN, UNKNOWN)


class Place(NamedTuple):
    """Where an address is registered, and the network that is kept of it."""

    network: str
    country: str


class Recogniser:
    """Makes visits of texts for one drain.

    A new user agent costs a millisecond. A batch that brings more than MOST_STRANGERS of them is a flood of made-up
    ones: the rest counts as bots unread, so that nobody can hold up the counting of all others.
    """

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._strangers = 0

    def begin(self) -> None:
        """Starts a batch."""
        self._strangers = 0

    def visit_of(self, texts: Texts, secret: bytes) -> Visit:
        """What is kept of a click; `secret` is the key of the click's day, which makes the visitor's mark.

        Texts are whatever a stranger sent: should one of the libraries give up on them, the click counts as a bot's.
        """
        referrer, user_agent, address, language = texts
        try:
            client, place, host = self._client(user_agent), place_of(address), referrer_host(referrer)
        except Exception:
            logger.exception("A visitor could not be recognised.")
            client, place, host = UNREAD, Place("", UNKNOWN), ""
        return Visit(
            is_bot=client.is_bot,
            visitor=visitor_of(address, user_agent, secret),
            network=place.network,
            country=place.country,
            device=client.device,
            os=client.os,
            browser=client.browser,
            language=language_of(language),
            referrer=host,
        )

    def _client(self, user_agent: str) -> Client:
        if user_agent not in self._met:
            if self._strangers >= MOST_STRANGERS:
                return UNREAD
            self._strangers += 1
            if len(self._met) >= AGENTS_KEPT:
                self._met.clear()
            self._met.add(user_agent)
        return client_of(user_agent)


@lru_cache(maxsize=AGENTS_KEPT)
def client_of(user_agent: str) -> Client:
    """Bots are the known crawlers, previews and programs, and whoever does not say what it is."""
    if not user_agent.strip() or crawleruseragents.is_crawler(user_agent):
        return UNREAD
    parsed = ua_parser.parse(user_agent)
    os = parsed.os.family if parsed.os else UNKNOWN
    browser = parsed.user_agent.family if parsed.user_agent else UNKNOWN
    family = parsed.device.family if parsed.device else ""
    return Client(False, _device(user_agent, os, family), printable(os)[:100], printable(browser)[:100])


def _device(user_agent: str, os: str, family: str) -> str:
    if "iPad" in family or "Tablet" in user_agent or (os == "Android" and "Mobile" not in user_agent):
        return "tablet"
    if os in {"Android", "iOS"} or "Mobile" in user_agent:
        return "phone"
    return "desktop" if os in DESKTOPS else "other"


@lru_cache(maxsize=50_000)
def place_of(address: str) -> Place:
    """The /24 or /48 of an address and the country of its registration; blank for what is no address."""
    try:
        socket.inet_pton(socket.AF_INET, address)
    except (OSError, ValueError):
        return _unusual_place(address)
    return Place(f"{address.rpartition('.')[0]}.0/24", iptocc.country_code(address) or UNKNOWN)


def _unusual_place(address: str) -> Place:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return Place("", UNKNOWN)
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    network = ipaddress.ip_network(f"{parsed}/{24 if parsed.version == 4 else 48}", strict=False)
    return Place(str(network), iptocc.country_code(str(parsed)) or UNKNOWN)


def visitor_of(address: str, user_agent: str, secret: bytes) -> bytes:
    """A mark that is the same for one visitor on one day, and worth nothing once the day's key is gone."""
    text = f"{address}\0{user_agent}".encode("utf-8", "replace")
    return hashlib.blake2b(text, key=secret, digest_size=VISITOR_BYTES).digest()


@lru_cache(maxsize=20_000)
def referrer_host(referrer: str) -> str:
    """The host that sent the visitor; empty when nobody says so."""
    try:
        host = urlsplit(referrer).hostname or ""
    except ValueError:
        return ""
    return printable(host.removeprefix("www."))[:255]


@lru_cache(maxsize=5_000)
def language_of(header: str) -> str:
    """The language that is asked for first, as two or three letters."""
    found = LANGUAGE.match(header)
    return found[0].lower() if found else ""
