"""Callers with one external id at once, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from shortener.models import Link
from shortener.services import upserts
from tests.factories.accounts import TeamFactory
from tests.factories.shortener import DomainFactory

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CALLERS = 4


def upsert(team_id: int) -> bool:
    """Whether this caller made the link."""
    values = {"target": "https://example.org/", "external_id": "crm-7"}
    try:
        return upserts.upsert_link(actor=Actor.system("test"), team_id=team_id, values=values, now=AT)[1]
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_many_callers_end_with_one_link() -> None:
    team, _domain = TeamFactory(), DomainFactory(is_default=True)
    with ThreadPoolExecutor(CALLERS) as pool:
        made = sorted(pool.map(upsert, [team.pk] * CALLERS))
    assert made == [False, False, False, True]
    assert Link.objects.count() == 1
