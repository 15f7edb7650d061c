"""A deleted link answers 404 on a running edge in less than a second, and a restored one works as fast."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from shortener.models import Link
from shortener.services import links, trash
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.edge.support import EdgeProcess, until

pytestmark = pytest.mark.django_db(transaction=True)

SYSTEM = Actor.system("test")
LIMIT = 1.0
TARGET = "https://example.org/page"


@pytest.fixture
def link() -> Link:
    made: Link = LinkFactory(slug="launch", target=TARGET, domain=DomainFactory(name="sho.test", is_default=True))
    return made


@pytest.fixture
def edge(link: Link, tmp_path: Path) -> Iterator[EdgeProcess]:
    given = settings.DATABASES["default"]
    url = f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    started = EdgeProcess(database_url=url, data=tmp_path).start()
    yield started
    started.kill()


def seconds_until(edge: EdgeProcess, status: int) -> float:
    since = time.monotonic()
    until(lambda: edge.get("/launch").status == status, f"{status}")
    return time.monotonic() - since


def test_a_link_goes_and_comes_back_within_a_second(edge: EdgeProcess, link: Link) -> None:
    assert edge.get("/launch").status == 302
    links.delete_link(actor=SYSTEM, link=link, now=timezone.now())
    assert seconds_until(edge, 404) < LIMIT
    links.restore_link(actor=SYSTEM, link=link, now=timezone.now())
    assert seconds_until(edge, 302) < LIMIT
    assert edge.get("/launch").headers["location"] == TARGET


def test_an_emptied_tombstone_still_answers_404(edge: EdgeProcess, link: Link) -> None:
    now = timezone.now()
    links.delete_link(actor=SYSTEM, link=link, now=now)
    assert seconds_until(edge, 404) < LIMIT
    assert trash.purge_due(now=now + timedelta(days=31)) == 1
    time.sleep(LIMIT)
    assert edge.get("/launch").status == 404
