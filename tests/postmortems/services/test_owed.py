"""Postmortems that no incident owes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from postmortems.models import Postmortem
from postmortems.services import owed
from slo.services import gates
from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def override(service: Any, now: datetime, actor: Any = None, **facts: Any) -> Any:
    who = actor or Actor.system("tests")
    return gates.override_gate(actor=who, service=service, reason="The fix.", expires_at=now + HOUR, now=now, **facts)


def test_an_override_owes_one(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    override(service, now, actor_of(alice), version="2.0")
    assert owed.draft_owed_due(now=now + HOUR) == 1
    made = Postmortem.objects.get()
    assert (made.title, made.owner, made.is_required) == ("The gate of Checkout was overridden", alice, True)
    assert made.sections.get(key="summary").text == "Alice opened the gate of Checkout for version 2.0: The fix."
    assert made.due_on is not None
    assert [row.at for row in made.timeline.all()] == [now]


def test_a_release_outside_its_window_owes_one(service: Any, now: datetime) -> None:
    ReleaseFactory(service=service, version="1", created_at=now)
    ReleaseFactory(
        service=service, version="2", author="Bob", created_at=now, owes_postmortem=True, outside_window=True
    )
    assert owed.draft_owed_due(now=now) == 1
    made = Postmortem.objects.get()
    assert made.title == "Checkout 2 went out outside its release window"
    assert "/releases/rel_" in made.timeline.get().evidence_url


def test_a_repeat_drafts_nothing(service: Any, now: datetime) -> None:
    override(service, now)
    assert [owed.draft_owed_due(now=now) for _ in range(2)] == [1, 0]
    assert AuditEntry.objects.filter(action="postmortem.drafted").count() == 1


def test_each_fact_owes_its_own(service: Any, now: datetime) -> None:
    for minutes in (0, 1):
        override(service, now + timedelta(minutes=minutes))
    assert owed.draft_owed_due(now=now + HOUR) == 2


def test_what_is_long_past_is_left_alone(service: Any, now: datetime) -> None:
    override(service, now)
    assert owed.draft_owed_due(now=now + timedelta(days=15)) == 0
