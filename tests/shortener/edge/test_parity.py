"""The edge and the portal's own view give the same answer to the same request for the same link."""

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from shortener.edge.budget import Budget
from shortener.edge.facts import visitor_of
from shortener.edge.generations import Generations
from shortener.edge.pages import manner
from shortener.edge.personal import Personal
from shortener.edge.resolver import Resolver
from shortener.edge.store import LinkRow, domain_rows
from tests.factories.shortener import FIREFOX, GOOGLEBOT, DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

HOST = "parity.example.com"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile Safari/604.1"
RULES = [
    {"id": 3, "conditions": [{"type": "query", "name": "q", "value": "x y"}], "target": "https://e.example/q?stored=1"},
    {"id": 1, "conditions": [{"type": "device", "values": ["phone"]}], "target": "https://e.example/phone"},
    {"id": 2, "conditions": [{"type": "language", "values": ["de"]}], "target": "https://e.example/de"},
    {"id": 5, "conditions": [{"type": "address", "values": ["127.0.0.0/8"]}, {"type": "device", "values": ["bot"]}],
     "variants": [{"target": f"https://e.example/{number}", "weight": number} for number in (1, 2, 3)]},
]  # fmt: skip
SOON, PAST = timedelta(hours=1), -timedelta(seconds=1)
LINKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "lasting": {"redirect_status": 301, "max_age": 600},
    "ending": {"redirect_status": 308, "expires_at": timedelta(minutes=5)},
    "query": {"forward_query": True, "target": "https://e.example/p?stored=1#top"},
    "path": {"forward_path": True, "forward_query": True, "target": "https://e.example/base/?x=1"},
    "ruled": {"rules": RULES, "forward_query": True, "redirect_status": 307},
    "indexed": {"is_indexed": True},
    "secret": {"password_hash": "x", "forward_query": True},
    "shown": {"preview": True, "forward_path": True},
    "coming": {"not_before": SOON},
    "over": {"expires_at": PAST},
    "over-there": {"expires_at": PAST, "expired_target": "https://e.example/over"},
    "off": {"state": "disabled"},
    "bad": {"state": "banned"},
    "gone": {"state": "deleted"},
}
SUFFIXES = ["", "?stored=2&a=1", "?q=x+y", "/a/b%20c/", "/%2e%2e/x", "+"]
CLIENTS = [
    {"User-Agent": FIREFOX, "Accept-Language": "en"},
    {"User-Agent": PHONE, "Accept-Language": "de"},
    {"User-Agent": FIREFOX, "Accept-Language": "de-AT,en;q=0.5"},
    {"User-Agent": GOOGLEBOT, "Accept-Language": "", "Accept": "application/json"},
]


class Seen(NamedTuple):
    """What a client sees of an answer."""

    status: int
    location: str | None
    cache: str | None
    robots: str | None
    language: str | None


@pytest.fixture
def still() -> Iterator[None]:
    """A clock that stands: both are asked at the same instant, so an age that shrinks is the same for both."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def links(settings: Any, still: None) -> None:
    settings.PORTAL_UNKNOWN_LINKS_PER_MINUTE = 0
    now, domain = timezone.now(), DomainFactory(name=HOST)
    for slug, fields in LINKS.items():
        times = {name: now + value for name, value in fields.items() if isinstance(value, timedelta)}
        LinkFactory(domain=domain, slug=slug, **{**fields, **times})


@pytest.fixture
def edge(links: None, tmp_path: Path) -> Callable[..., Seen]:
    """Asks an edge whose replica holds what the database shows to edges."""
    replica = Generations(tmp_path).new()
    with connection.cursor() as cursor:
        cursor.execute("SELECT link_id, domain, slug, payload::text FROM shortener_edge_link")
        replica.apply([], [LinkRow(row[0], row[1], row[2], json.loads(row[3])) for row in cursor.fetchall()])
        cursor.execute("SELECT domain, payload::text FROM shortener_edge_domain")
        replica.set_meta(domains=domain_rows((name, json.loads(payload)) for name, payload in cursor.fetchall()))
    resolver = Resolver(portal_url="", link_host=HOST)
    resolver.swap(replica)
    personal = Personal(resolver=resolver, limits=None, budget=Budget(0))  # type: ignore[arg-type]
    return lambda target, headers: _edge_seen(resolver, personal, target, headers)


def _edge_seen(resolver: Resolver, personal: Personal, target: str, headers: dict[str, str]) -> Seen:
    sent = {name: value.encode() for name, value in headers.items()}
    path, _, query = target.partition("?")
    ready = resolver.resolve(HOST.encode(), path.encode(), timezone.now().timestamp())
    visitor = visitor_of(sent["User-Agent"], b"127.0.0.1", sent["Accept-Language"])
    decided = personal.answer(ready, visitor, query, timezone.now().timestamp(), counts=True, done=lambda _: None)
    response = decided
    if decided is not None and decided.choices is not None:
        response = decided.choices[manner(sent.get("Accept", b""), sent["Accept-Language"])]  # type: ignore[assignment]
    assert response is not None
    fields = dict(line.split(": ", 1) for line in response.headers.decode().split("\r\n") if line)
    names = ("Location", "Cache-Control", "X-Robots-Tag", "Content-Language")
    return Seen(response.status, *(fields.get(name) for name in names))


def _portal_seen(client: Any, target: str, headers: dict[str, str]) -> Seen:
    answer = client.get(f"/go/{HOST}{target}", headers=headers)
    names = ("Location", "Cache-Control", "X-Robots-Tag", "Content-Language")
    return Seen(answer.status_code, *(answer.headers.get(name) for name in names))


@pytest.mark.parametrize("slug", [*LINKS, "none"])
def test_both_answer_alike(client: Any, edge: Callable[..., Seen], slug: str) -> None:
    for suffix, headers in itertools.product(SUFFIXES, CLIENTS):
        target = f"/{slug}{suffix}"
        here, there = edge(target, headers), _portal_seen(client, target, headers)
        assert here == there or _is_sent_to_the_page(here, there, target)


def _is_sent_to_the_page(edge: Seen, portal: Seen, target: str) -> bool:
    """Whether the edge sends the visitor to the very address at which the portal shows a page."""
    path = target.partition("?")[0].rstrip("/")
    is_same_place = (edge.location or "").partition("?")[0].rstrip("/") == f"/go/{HOST}{path}"
    return edge.status == 303 and portal.status in {200, 401} and portal.location is None and is_same_place


@pytest.mark.parametrize("target", ["/", "/none/x", "/robots-of-none"])
def test_both_answer_alike_where_no_link_is(client: Any, edge: Callable[..., Seen], target: str) -> None:
    here, there = edge(target, CLIENTS[0]), _portal_seen(client, target, CLIENTS[0])
    assert (here.status, here.language) == (there.status, there.language)
