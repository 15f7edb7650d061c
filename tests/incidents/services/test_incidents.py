from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.exceptions import WrongState
from incidents.models import Incident, RoleSpan
from incidents.services import incidents
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PermissionDenied, PreconditionFailed
from tests.factories.incidents import IncidentFactory, resolved_incident

ActorOf = Callable[[Any], Any]


def test_title_severity_and_service_are_enough(bob: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    made = incidents.declare(actor=actor_of(bob), title="Down", severity=1, service=service, now=now)
    assert (made.team_id, made.status, made.declared_at) == (service.team_id, "investigating", now)


def test_whoever_declares_commands(bob: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    made = incidents.declare(actor=actor_of(bob), title="Down", severity=1, service=service, now=now)
    assert RoleSpan.objects.get(incident=made, ended_at=None).user == bob


def test_declaring_begins_the_timeline_and_is_audited(bob: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    made = incidents.declare(actor=actor_of(bob), title="Down", severity=1, service=service, now=now)
    assert [entry.text for entry in made.entries.all()] == ["Incident declared, SEV1", "Bob commands"]
    assert AuditEntry.objects.get(target_id=made.public_id).action == "incident.declared"


def test_the_service_is_affected_as_its_severity_suggests(
    bob: Any, service: Any, actor_of: ActorOf, now: datetime
) -> None:
    made = incidents.declare(actor=actor_of(bob), title="Down", severity=1, service=service, now=now)
    assert made.affected.get().state == "major_outage"


@pytest.mark.parametrize(("is_public", "minutes"), [(False, 30), (True, 5)])
def test_the_first_update_has_its_time(
    bob: Any, service: Any, actor_of: ActorOf, now: datetime, is_public: bool, minutes: int
) -> None:
    made = incidents.declare(
        actor=actor_of(bob), title="Down", severity=1, service=service, is_public=is_public, now=now
    )
    assert made.next_update_due_at == now + timedelta(minutes=minutes)


def test_numbers_grow(bob: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    first = incidents.declare(actor=actor_of(bob), title="A", severity=1, service=service, now=now)
    second = incidents.declare(actor=actor_of(bob), title="B", severity=1, service=service, now=now)
    assert second.number > first.number


def test_a_viewer_may_not_declare(vera: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        incidents.declare(actor=actor_of(vera), title="Down", severity=1, service=service, now=now)


def test_every_wrong_field_is_named(bob: Any, service: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        incidents.declare(
            actor=actor_of(bob), title=" ", severity=9, service=service, is_private=True, is_public=True, now=now
        )
    assert set(caught.value.fields) == {"title", "severity", "is_public"}


def test_an_incident_belongs_to_somebody(bob: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        incidents.declare(actor=actor_of(bob), title="Down", severity=1, now=now)


def test_a_status_change_stands_on_the_timeline(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    changed = incidents.change_status(actor=actor_of(bob), incident=incident, status="identified", now=now)
    assert changed.status == "identified"
    assert incident.entries.get().text == "Status: investigating to identified"


def test_the_same_status_again_changes_nothing(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    incidents.change_status(actor=actor_of(bob), incident=incident, status="investigating", now=now)
    assert not incident.entries.exists()


def test_an_impossible_step_is_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(WrongState):
        incidents.change_status(actor=actor_of(bob), incident=IncidentFactory(team=team), status="closed", now=now)


def test_somebody_elses_version_is_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, version=3)
    with pytest.raises(PreconditionFailed):
        incidents.change_status(actor=actor_of(bob), incident=incident, status="identified", version=2, now=now)


def test_resolving_ends_the_promise_of_updates(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, next_update_due_at=now)
    changed = incidents.resolve(actor=actor_of(bob), incident=incident, now=now)
    assert (changed.resolved_at, changed.recovered_at, changed.next_update_due_at) == (now, now, None)


def test_a_known_recovery_is_kept(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    at = now - timedelta(minutes=20)
    changed = incidents.resolve(actor=actor_of(bob), incident=IncidentFactory(team=team), recovered_at=at, now=now)
    assert changed.recovered_at == at


def test_opening_again_takes_the_resolution_back(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team, all_clear_step=2, follow_up=True)
    changed = incidents.change_status(actor=actor_of(bob), incident=incident, status="investigating", now=now)
    assert (changed.resolved_at, changed.recovered_at, changed.all_clear_step) == (None, None, 0)


def test_closing_has_its_time(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team)
    incidents.change_status(actor=actor_of(bob), incident=incident, status="closed", now=now)
    assert Incident.objects.get(pk=incident.pk).closed_at == now
