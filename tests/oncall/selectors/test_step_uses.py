"""What names a thing, and what policies name that is broken."""

from datetime import datetime
from typing import Any

import pytest

from oncall.domain import escalation_json
from oncall.domain.escalation import Jump, Notify, Plan, Step, Target
from oncall.models import EscalationPolicy
from oncall.selectors import step_uses
from tests.factories.accounts import TeamFactory, UserFactory
from tests.factories.oncall import ContactPointFactory, IntegrationFactory, PolicyFactory, RouteFactory


def policy(team: Any, *steps: Step, **told: Any) -> EscalationPolicy:
    made: EscalationPolicy = PolicyFactory(team=team, plan=escalation_json.to_snapshot(Plan(steps)), **told)
    return made


def page(kind: str, key: int, role: str = "") -> Notify:
    return Notify((Target("team"), Target(kind, key, role)))


@pytest.mark.parametrize(("kind", "told"), [("point", "point"), ("schedule", "schedule"), ("round_robin", "schedule")])
def test_a_policy_that_pages_it_is_named(team: Any, alice: Any, actor_of: Any, kind: str, told: str) -> None:
    policy(team, page(kind, 7, "primary" if kind == "schedule" else ""), name="Nights")
    policy(team, page(kind, 7), name="Gone", archived_at=datetime.fromisoformat("2026-01-01T00:00Z"))
    found = [step_uses.named_by(actor_of(alice), told, key) for key in (7, 8)]
    assert found == [["the policy Nights of Payments"], []]


def test_whatever_sends_to_a_policy_is_named(team: Any, alice: Any, actor_of: Any) -> None:
    wanted = policy(team, page("team", 0), is_default=False)
    policy(team, Jump(wanted.pk), name="Nights")
    RouteFactory(team=team, policy=wanted, name="edge")
    IntegrationFactory(team=team, policy=wanted, name="prober")
    assert step_uses.named_by(actor_of(alice), "policy", wanted.pk) == [
        "the policy Nights of Payments",
        "the route edge of Payments",
        "the integration prober of Payments",
    ]


def test_a_closed_team_is_not_named(alice: Any, actor_of: Any) -> None:
    policy(TeamFactory(is_private=True), page("point", 7))
    assert step_uses.named_by(actor_of(alice), "point", 7) == [step_uses.ELSEWHERE]


def test_what_would_be_passed_over_is_found(team: Any, schedule: Any, bob: Any, now: datetime) -> None:
    schedule.archived_at = now
    schedule.save()
    off = ContactPointFactory(team=team, name="ops", disabled_at=now)
    gone = UserFactory(name="Dan", is_active=False)
    old = policy(team, page("team", 0), name="Old", archived_at=now, is_default=False)
    targets = (page("person", gone.pk), page("point", off.pk), page("schedule", schedule.pk, "primary"))
    broken = policy(team, *targets, Jump(old.pk), page("person", bob.pk))
    [found] = step_uses.broken_policies([broken]).values()
    assert [texts[0].split()[0] for texts in found.values()] == ["Dan", "ops", "Rotation", "Old"]
    assert list(found) == [0, 1, 2, 3]
