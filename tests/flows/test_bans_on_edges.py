"""A ban is in force on two running edges in less than a second, and lifting it gives the links back as fast."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from shortener.models import Ban, Link
from shortener.services import bans
from tests.factories.accounts import UserFactory
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.edge.support import EdgeProcess, until

pytestmark = pytest.mark.django_db(transaction=True)

MODERATOR = Actor.system("test")
LIMIT = 1.0
LINKS = 200


def database_url() -> str:
    given = settings.DATABASES["default"]
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


@pytest.fixture
def links() -> list[Link]:
    """Links of one owner: half of them to evil.org and below, the others to hosts of their own."""
    facts = {"domain": DomainFactory(name="sho.test", is_default=True), "created_by": UserFactory()}
    hosts = [f"w{n}.evil.org" if n % 2 else f"h{n}.example.org" for n in range(LINKS)]
    return [LinkFactory(slug=f"s{n}", target_hosts=[host], **facts) for n, host in enumerate(hosts)]


@pytest.fixture
def edges(links: list[Link], tmp_path: Path) -> Iterator[list[EdgeProcess]]:
    started = [EdgeProcess(database_url=database_url(), data=tmp_path / name).start() for name in places(tmp_path)]
    yield started
    for edge in started:
        edge.kill()


def places(tmp_path: Path) -> list[str]:
    names = ["one", "two"]
    for name in names:
        (tmp_path / name).mkdir()
    return names


def ban(kind: str, value: str) -> Ban:
    return bans.create_ban(actor=MODERATOR, kind=kind, value=value, reason="Phishing.", now=timezone.now())


def answers(edge: EdgeProcess, slug: str, status: int) -> bool:
    return edge.get(f"/{slug}").status == status


def seconds_until(edges: list[EdgeProcess], slugs: list[str], status: int, *, since: float) -> float:
    """How long after `since` every edge answers every slug with `status`."""
    for edge in edges:
        for slug in slugs:
            until(partial(answers, edge, slug, status), f"{status} for {slug}")
    return time.monotonic() - since


def test_a_banned_host_is_stopped_and_given_back(edges: list[EdgeProcess], links: list[Link]) -> None:
    assert all(answers(edge, slug, 302) for edge in edges for slug in ("s0", "s1", "s199"))
    since = time.monotonic()
    made = ban("host", "evil.org")
    assert seconds_until(edges, ["s1", "s101", "s199"], 451, since=since) < LIMIT
    assert all(answers(edge, "s0", 302) for edge in edges)
    since = time.monotonic()
    bans.lift_ban(actor=MODERATOR, ban=made, now=timezone.now())
    assert seconds_until(edges, ["s1", "s101", "s199"], 302, since=since) < LIMIT


def test_a_banned_link_is_stopped_alone(edges: list[EdgeProcess], links: list[Link]) -> None:
    since = time.monotonic()
    ban("link", links[3].public_id)
    assert seconds_until(edges, ["s3"], 451, since=since) < LIMIT
    assert all(answers(edge, "s5", 302) for edge in edges)


def test_a_banned_owner_loses_every_link(edges: list[EdgeProcess], links: list[Link]) -> None:
    owner, since = links[0].created_by, time.monotonic()
    ban("owner", owner.public_id if owner else "")
    assert seconds_until(edges, ["s0", "s1", "s100", "s199"], 451, since=since) < LIMIT
