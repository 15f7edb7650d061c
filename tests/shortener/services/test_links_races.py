"""Threads at the same row, with real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from portal.lib.errors import DomainError
from shortener.models import Link, LinkChange
from shortener.services import links
from tests.factories.accounts import TeamFactory
from tests.factories.shortener import DomainFactory, LinkFactory

SYSTEM = Actor.system("test")
CALLERS = 4
AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(call: Callable[[], Any]) -> list[str]:
    """What became of the same call by several callers at once, in order."""
    barrier = Barrier(CALLERS)

    def one(_number: int) -> str:
        barrier.wait()
        try:
            call()
        except DomainError as error:
            return error.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(CALLERS) as pool:
        return sorted(pool.map(one, range(CALLERS)))


def test_of_many_callers_exactly_one_gets_a_slug() -> None:
    team, domain = TeamFactory(), DomainFactory(is_default=True)
    values = {"target": "https://example.org/"}
    create = {"actor": SYSTEM, "team_id": team.pk, "values": values, "slug": "launch", "domain": domain, "now": AT}
    assert outcomes(lambda: links.create_link(**create)) == ["done", *["slug-taken"] * (CALLERS - 1)]
    assert Link.objects.count() == 1


def test_of_many_writers_of_one_version_exactly_one_wins() -> None:
    link = LinkFactory()
    update = {"actor": SYSTEM, "link": link, "values": {"title": "New"}, "expected_version": 1, "now": AT}
    assert outcomes(lambda: links.update_link(**update)) == ["done", *["precondition-failed"] * (CALLERS - 1)]
    assert LinkChange.objects.count() == 1
