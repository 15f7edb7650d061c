"""What policies name is not taken away under them."""

from datetime import datetime
from typing import Any

import pytest

from oncall.domain import escalation_json
from oncall.domain.escalation import Jump, Notify, Plan, Target
from oncall.services import contact_points, policies, schedules
from portal.lib.errors import Conflict
from tests.factories.oncall import ContactPointFactory, PolicyFactory


def name(team: Any, step: Any) -> None:
    PolicyFactory(team=team, name="Nights", plan=escalation_json.to_snapshot(Plan((step,))))


def test_a_contact_point_stays(team: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team)
    name(team, Notify((Target("point", point.pk),)))
    with pytest.raises(Conflict, match="the policy Nights of Payments"):
        contact_points.remove_point(actor=actor_of(alice), point=point, now=now)


def test_a_schedule_stays(team: Any, schedule: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    name(team, Notify((Target("round_robin", schedule.pk),)))
    with pytest.raises(Conflict, match="the policy Nights of Payments"):
        schedules.archive(actor=actor_of(alice), schedule=schedule, now=now)


def test_a_policy_stays(team: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    policy = PolicyFactory(team=team, is_default=False)
    name(team, Jump(policy.pk))
    with pytest.raises(Conflict, match="the policy Nights of Payments"):
        policies.archive_policy(actor=actor_of(alice), policy=policy, now=now)
