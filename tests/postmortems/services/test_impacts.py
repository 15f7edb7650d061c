from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.lib.errors import NotFound
from postmortems.services import impacts
from slo.services import statuses
from tests.factories.incidents import affected, resolved_incident
from tests.factories.postmortems import ImpactRowFactory, postmortem
from tests.factories.slo import watched_slo

ActorOf = Callable[[Any], Any]


def test_computing_again_replaces_the_numbers(team: Any) -> None:
    incident, made = resolved_incident(team=team), postmortem(team=team)
    impacts.compute(made, incident)
    impacts.compute(made, incident)
    assert made.impacts.count() == 1


def test_without_times_nothing_is_computed(team: Any) -> None:
    made = postmortem(team=team)
    impacts.compute(made, resolved_incident(team=team, impact_start_at=None))
    assert not made.impacts.exists()


def test_a_person_adds_a_number(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team)
    fields = {"label": "Orders lost", "value": Decimal(120), "unit": "orders"}
    row = impacts.add_impact(actor=actor_of(bob), postmortem=made, now=now, **fields)
    assert str(row) == "Orders lost: 120 orders"


def test_a_number_is_taken_away(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    row = ImpactRowFactory(postmortem__team=team)
    impacts.remove_impact(actor=actor_of(bob), postmortem=row.postmortem, row_id=row.pk, now=now)
    assert not row.postmortem.impacts.exists()


def test_a_number_of_another_document_is_not_found(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    row = ImpactRowFactory()
    with pytest.raises(NotFound):
        impacts.remove_impact(actor=actor_of(bob), postmortem=postmortem(team=team), row_id=row.pk, now=now)


def test_the_budget_spent_by_each_affected_service_is_computed(service: Any, now: datetime) -> None:
    incident, made = affected(service, recovered_at=now), postmortem(team=service.team)
    watched_slo(end=now, pairs=[(90, 100)] * 60, service=service)
    statuses.refresh_due(now=now + timedelta(minutes=5))
    impacts.compute(made, incident)
    rows = {row.unit: row.value for row in made.impacts.all()}
    assert rows["of 6000"] == 600
    assert rows["% of the error budget"] > 100


def test_an_slo_without_events_has_no_number(service: Any, now: datetime) -> None:
    incident, made = affected(service, recovered_at=now), postmortem(team=service.team)
    watched_slo(end=now, pairs=[], service=service)
    impacts.compute(made, incident)
    assert made.impacts.count() == 1
