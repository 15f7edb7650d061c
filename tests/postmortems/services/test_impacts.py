from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.lib.errors import NotFound
from postmortems.services import impacts
from tests.factories.incidents import resolved_incident
from tests.factories.postmortems import ImpactRowFactory, postmortem

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
