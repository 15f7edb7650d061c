"""SLIs of sources."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from slo.exceptions import UnknownSource
from slo.services import slis, sources

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")


def nothing(start: datetime, end: datetime) -> None:
    return None


@pytest.fixture(autouse=True)
def _source() -> Iterator[None]:
    sources.register(sources.Source("tests.mails", "Mails delivered", nothing))
    yield
    sources.unregister("tests.mails")


def test_a_source_becomes_one_sli_of_a_service(service: Any, now: datetime) -> None:
    one, other = (slis.ensure_source_sli(actor=ACTOR, service=service, source="tests.mails", now=now) for _ in range(2))
    assert one == other
    assert (one.name, one.started_at, one.source) == ("Mails delivered", now, "tests.mails")
    assert AuditEntry.objects.filter(action="sli.created").count() == 1


def test_an_unknown_source_is_refused(service: Any, now: datetime) -> None:
    with pytest.raises(UnknownSource):
        slis.ensure_source_sli(actor=ACTOR, service=service, source="tests.nothing", now=now)
