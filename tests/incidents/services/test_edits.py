from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.exceptions import ImpossibleTimes, WrongState
from incidents.models import Incident
from incidents.services import edits
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PreconditionFailed
from tests.factories.incidents import IncidentFactory, affected

ActorOf = Callable[[Any], Any]


def test_what_changed_is_audited(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, title="Old")
    edits.edit(actor=actor_of(bob), incident=incident, changes={"title": "New", "severity": 2}, now=now)
    assert AuditEntry.objects.get().changes == {"title": ["Old", "New"]}


def test_nothing_changed_is_no_version(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, title="Same")
    assert edits.edit(actor=actor_of(bob), incident=incident, changes={"title": "Same"}, now=now).version == 1


def test_a_new_severity_is_announced(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, severity=2)
    edits.edit(actor=actor_of(bob), incident=incident, changes={"severity": 1}, now=now)
    assert incident.entries.get().text == "Severity: SEV2 to SEV1"


def test_two_editors_do_not_overwrite_each_other(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, version=2)
    with pytest.raises(PreconditionFailed):
        edits.edit(actor=actor_of(bob), incident=incident, changes={"title": "New"}, version=1, now=now)


def test_private_and_public_exclude_each_other(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, is_private=True)
    with pytest.raises(Invalid):
        edits.edit(actor=actor_of(bob), incident=incident, changes={"is_public": True}, now=now)


def test_milestones_keep_who_set_them(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    done = edits.set_milestones(actor=actor_of(bob), incident=incident, instants={"recovered": now}, now=now)
    assert done.recovered_at == now
    assert done.milestone_sources["recovered"] == {"source": "Bob", "confidence": "known"}


def test_an_impossible_order_names_the_field(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    early = incident.impact_start_at - timedelta(hours=1)
    with pytest.raises(ImpossibleTimes) as caught:
        edits.set_milestones(actor=actor_of(bob), incident=incident, instants={"recovered": early}, now=now)
    assert list(caught.value.fields) == ["recovered_at"]


def test_a_milestone_in_the_future_is_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    late = now + timedelta(hours=1)
    with pytest.raises(ImpossibleTimes):
        edits.set_milestones(
            actor=actor_of(bob), incident=IncidentFactory(team=team), instants={"mitigated": late}, now=now
        )


def test_a_milestone_nobody_knows_is_emptied(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    done = edits.set_milestones(actor=actor_of(bob), incident=incident, instants={"impact_start": None}, now=now)
    assert done.impact_start_at is None


def test_affected_services_are_replaced(bob: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = affected(service, timeline_swept_at=now)
    done = edits.set_affected(actor=actor_of(bob), incident=incident, states_of={service: "partial_outage"}, now=now)
    assert done.affected.get().state == "partial_outage"
    assert done.timeline_swept_at is None


def test_a_change_is_whole_or_nothing(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, title="Old")
    with pytest.raises(WrongState):
        edits.change(
            actor=actor_of(bob), incident=incident, changes={"title": "New"}, instants={}, status="closed", now=now
        )
    assert Incident.objects.get().title == "Old"
