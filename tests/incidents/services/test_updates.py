from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.exceptions import WrongState
from incidents.models import UpdateReminder
from incidents.services import updates
from portal.accounts.models import OutgoingMail
from portal.lib.errors import Invalid
from tests.factories.incidents import IncidentFactory, RoleSpanFactory, resolved_incident

ActorOf = Callable[[Any], Any]
MINUTE = timedelta(minutes=1)


def test_an_update_promises_the_next_one(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    update = updates.post_update(actor=actor_of(bob), incident=incident, text="Still looking", now=now)
    incident.refresh_from_db()
    assert update.next_due_at == incident.next_update_due_at == now + 30 * MINUTE


def test_a_public_update_is_sooner_due(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team, is_public=True, declared_at=now, detected_at=now)
    update = updates.post_update(actor=actor_of(bob), incident=incident, text="Slow", audience="public", now=now)
    assert update.next_due_at == now + 20 * MINUTE


def test_an_update_may_move_the_status(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    update = updates.post_update(actor=actor_of(bob), incident=incident, text="Found", status="identified", now=now)
    incident.refresh_from_db()
    assert update.status == incident.status == "identified"


def test_an_update_stands_on_the_timeline(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    updates.post_update(actor=actor_of(bob), incident=incident, text="Still looking", now=now)
    assert incident.entries.get().text == "Internal update: Still looking"


def test_after_the_end_nothing_is_promised(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = resolved_incident(team=team)
    assert updates.post_update(actor=actor_of(bob), incident=incident, text="Done", now=now).next_due_at is None


@pytest.mark.parametrize(
    ("field", "given"),
    [("text", {"text": " "}), ("audience", {"audience": "all"}), ("audience", {"audience": "public"})],
)
def test_a_wrong_update_names_its_field(
    bob: Any, team: Any, actor_of: ActorOf, now: datetime, field: str, given: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as caught:
        updates.post_update(actor=actor_of(bob), incident=IncidentFactory(team=team), now=now, **{"text": "x", **given})
    assert list(caught.value.fields) == [field]


def test_a_promise_lies_within_a_day(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        updates.post_update(
            actor=actor_of(bob), incident=IncidentFactory(team=team), text="x", next_due_at=now - MINUTE, now=now
        )


def test_a_closed_incident_takes_no_update(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(WrongState):
        updates.post_update(
            actor=actor_of(bob), incident=resolved_incident(team=team, closed_at=now), text="x", now=now
        )


def test_moving_the_next_update_needs_a_reason(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        updates.snooze(
            actor=actor_of(bob), incident=IncidentFactory(team=team), until=now + MINUTE, reason=" ", now=now
        )


def test_the_reason_stands_on_the_timeline(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    incident = IncidentFactory(team=team)
    updates.snooze(actor=actor_of(bob), incident=incident, until=now + 60 * MINUTE, reason="Night", now=now)
    assert incident.entries.get().text == "Next update moved to 13:00 UTC: Night"


def test_a_late_update_is_recalled_to_the_commander(bob: Any, team: Any, now: datetime) -> None:
    RoleSpanFactory(incident=IncidentFactory(team=team, next_update_due_at=now), user=bob)
    assert updates.remind_updates_due(now=now) == 1
    assert OutgoingMail.objects.get().to == "bob@example.com"


def test_it_is_recalled_twice_and_never_again(bob: Any, team: Any, now: datetime) -> None:
    RoleSpanFactory(incident=IncidentFactory(team=team, next_update_due_at=now), user=bob)
    sent = [updates.remind_updates_due(now=now + minutes * MINUTE) for minutes in (0, 1, 10, 11, 300)]
    assert sent == [1, 0, 1, 0, 0]
    assert UpdateReminder.objects.count() == 2


def test_without_a_commander_somebody_of_the_team_hears_it(bob: Any, team: Any, now: datetime) -> None:
    IncidentFactory(team=team, next_update_due_at=now)
    updates.remind_updates_due(now=now)
    assert OutgoingMail.objects.get().to == bob.email


def test_a_resolved_incident_recalls_nothing(bob: Any, team: Any, now: datetime) -> None:
    resolved_incident(team=team)
    assert updates.remind_updates_due(now=now) == 0
