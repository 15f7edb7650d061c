"""What this app knows to have happened around an SLO."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.selectors.events import events
from slo.services import objectives
from tests.factories.slo import ReleaseFactory, SliFactory, SloFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SYSTEM = Actor.system("tests")


def test_the_first_revision_is_no_event(service: Any, now: datetime) -> None:
    facts = {"name": "Answers", "objective": Decimal("0.99")}
    sli = SliFactory(service=service)
    slo = objectives.create_slo(actor=SYSTEM, service=service, sli=sli, facts=facts, now=now)
    objectives.update_slo(actor=SYSTEM, slo=slo, facts={"objective": Decimal("0.999")}, reason="stricter", now=now)
    assert [one.text for one in events(slo, start=now - DAY, end=now + DAY)] == ["r2 stricter"]


def test_releases_of_other_services_are_none(service: Any, now: datetime) -> None:
    ReleaseFactory(started_at=now)
    assert events(SloFactory(service=service), start=now - DAY, end=now + DAY) == []
