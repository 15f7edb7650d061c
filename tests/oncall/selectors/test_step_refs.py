"""What steps refer to."""

from collections.abc import Callable
from typing import Any

import pytest

from oncall.domain.escalation import Jump, Notify, Plan, Target
from oncall.selectors import step_refs
from oncall.selectors.step_refs import References
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import PolicyFactory, ScheduleFactory

ActorOf = Callable[[Any], Actor]


def test_people_schedules_policies_and_teams_are_found(actor_of: ActorOf, bob: Any, team: Any, schedule: Any) -> None:
    refs, policy = References(actor_of(bob)), PolicyFactory(team=team)
    assert (refs.person("bob@example.com"), refs.person(bob.public_id)) == (bob.pk, bob.pk)
    assert (refs.schedule(schedule.public_id), refs.policy(policy.public_id)) == (schedule.pk, policy.pk)
    assert refs.team("payments") == team.pk


@pytest.mark.parametrize("kind", ["person", "schedule", "point", "policy", "team"])
def test_what_is_not_there_or_another_private_teams_is_refused(actor_of: ActorOf, bob: Any, kind: str) -> None:
    hidden = TeamFactory(is_private=True, slug="hidden")
    names = {"schedule": ScheduleFactory(team=hidden).public_id, "policy": PolicyFactory(team=hidden).public_id}
    with pytest.raises(Invalid):
        getattr(References(actor_of(bob)), kind)(names.get(kind, "hidden"))


def test_everything_that_plans_name_is_read_at_once(
    bob: Any, team: Any, schedule: Any, django_assert_num_queries: Any
) -> None:
    policy = PolicyFactory(team=team)
    targets = (Target("person", bob.pk), Target("schedule", schedule.pk, "primary"), Target("team", team_id=team.pk))
    with django_assert_num_queries(4):
        found = step_refs.named([Plan((Notify(targets), Jump(policy.pk)))])
    assert (found.people, found.policies, found.teams) == ({bob.pk: bob}, {policy.pk: policy}, {team.pk: team})
