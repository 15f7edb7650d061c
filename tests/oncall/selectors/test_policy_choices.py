"""What the editor offers."""

from collections.abc import Callable
from typing import Any

from oncall.domain.escalation import Jump, Notify, Plan, Target
from oncall.models import ContactPoint
from oncall.selectors import policy_choices
from portal.accounts.domain.actors import Actor
from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import PolicyFactory

ActorOf = Callable[[Any], Actor]


def test_it_offers_the_people_rooms_and_other_teams(
    actor_of: ActorOf, alice: Any, team: Any, other_team: Any, schedule: Any
) -> None:
    TeamFactory(name="Hidden", is_private=True)
    ContactPoint.objects.create(team=team, name="Room", kind="webhook", address="https://a.test/")
    words = [
        label for _, label in policy_choices.choices(actor_of(alice), team=team, plan=None, policy=None)["targets"]
    ]
    wanted = {"Alice", "Room (webhook)", "Search: everyone", f"{schedule}: the next one in turn", "Administrators"}
    assert wanted <= set(words)
    assert not [one for one in words if "Hidden" in one]


def test_a_policy_cannot_go_on_with_itself(actor_of: ActorOf, alice: Any, team: Any) -> None:
    policy, other = (PolicyFactory(team=team, name=name, is_default=name == "A") for name in ("A", "B"))
    found = policy_choices.choices(actor_of(alice), team=team, plan=None, policy=policy)["policies"]
    assert found == [(str(other.pk), "Payments: B")]


def test_what_the_plan_names_stays_a_choice(actor_of: ActorOf, alice: Any, team: Any) -> None:
    plan = Plan((Notify((Target("person", 99),)), Jump(98)))
    found = policy_choices.choices(actor_of(alice), team=team, plan=plan, policy=None)
    assert ("person:99::", "a person who is gone") in found["targets"]
    assert found["policies"] == [("98", "A policy that is gone")]


def test_services_are_those_of_the_team(team: Any) -> None:
    service = ServiceFactory(team=team)
    ServiceFactory()
    assert policy_choices.services(team) == [(str(service.pk), service.name)]
