"""Which error-budget policy holds."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.domain.policies import DEFAULT
from slo.selectors import policies
from slo.services import policies as services
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
STRICT = {"no_data": "deny"}
LOOSE = {"no_data": "warn"}


def give(owner: Any, definition: dict[str, str], now: datetime) -> None:
    services.set_policy(actor=ACTOR, owner=owner, definition=definition, now=now)


def test_without_one_the_default_holds(service: Any) -> None:
    found = policies.policy_for(service.pk)
    assert (found.policy, found.origin, found.name) == (DEFAULT, "portal", "default")


def test_a_service_goes_before_its_team(service: Any, now: datetime) -> None:
    other = ServiceFactory(team=service.team)
    give(service.team, STRICT, now)
    give(service, LOOSE, now)
    assert [policies.policy_for(one.pk).policy.no_data for one in (service, other)] == ["warn", "deny"]
    assert [policies.policy_for(one.pk).origin for one in (service, other)] == ["service", "team"]


def test_another_teams_policy_does_not_hold(service: Any, other_team: Any, now: datetime) -> None:
    give(other_team, STRICT, now)
    assert policies.policy_for(service.pk).origin == "portal"


def test_a_withdrawn_one_does_not_hold(service: Any, now: datetime) -> None:
    give(service, STRICT, now)
    services.withdraw_policy(actor=ACTOR, owner=service, now=now)
    assert policies.policy_for(service.pk).origin == "portal"
    assert policies.own_policy(service) is None


def test_an_evaluation_can_name_the_revision(service: Any, now: datetime) -> None:
    give(service, STRICT, now)
    give(service, LOOSE, now)
    row = policies.own_policy(service)
    assert row is not None
    assert policies.policy_for(service.pk).name == f"{row.public_id}@2"


def test_policies_are_listed_for_those_who_may_see_them(
    service: Any, alice: Any, charlie: Any, actor_of: Any, now: datetime
) -> None:
    service.team.is_private = True
    service.team.save()
    give(service.team, STRICT, now)
    assert [policies.policies(actor_of(user)).count() for user in (alice, charlie)] == [1, 0]


def test_a_policy_looks_at_slos_of_its_own(service: Any) -> None:
    mine, other = SloFactory(service=service, name="mine"), SloFactory()
    assert policies.slo_choices(service) == [(mine.public_id, "mine")]
    assert policies.slo_choices(service.team) == []
    for owner in (service, service.team):
        assert policies.unknown_slos(owner, [mine.public_id, other.public_id]) == [other.public_id]
