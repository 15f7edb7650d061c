"""The portal's own domain, made by whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from shortener.models import Domain, Link
from shortener.services import links
from tests.factories.accounts import TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system("test")
CALLERS = 8


def create(team: Any, now: datetime, barrier: Barrier) -> Link:
    barrier.wait()
    try:
        return links.create_link(actor=SYSTEM, team_id=team.pk, values={"target": "https://example.org/"}, now=now)
    finally:
        connection.close()


@pytest.mark.parametrize("_again", range(5))
def test_the_first_links_at_once_make_one_domain(_again: int, now: datetime) -> None:
    barrier, teams = Barrier(CALLERS), [TeamFactory() for _ in range(CALLERS)]
    with ThreadPoolExecutor(CALLERS) as pool:
        made = list(pool.map(lambda team: create(team, now, barrier), teams))
    assert {link.domain_id for link in made} == {Domain.objects.get(is_default=True).pk}
    assert AuditEntry.objects.filter(action="domain.made_default").count() == 1
