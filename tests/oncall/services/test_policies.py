"""A team's escalation policy."""

from datetime import datetime
from typing import Any

import pytest

from oncall.domain import escalation
from oncall.exceptions import PlanInvalid
from oncall.models import EscalationPolicy
from oncall.services import policies
from oncall.services.policies import PolicyFields
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import PreconditionFailed

ALICE = Actor.system("alice")
PLAN = escalation.Plan((escalation.Step("team", 0),))


def save(team: Any, now: datetime, plan: escalation.Plan = PLAN, version: int | None = None) -> EscalationPolicy:
    fields = PolicyFields("Ours", plan, repage_acknowledged=True)
    return policies.save_policy(actor=ALICE, team_id=team.pk, fields=fields, expected_version=version, now=now)


def test_the_default_is_made_once(team: Any, now: datetime) -> None:
    first, second = (policies.ensure_policy(team_id=team.pk, now=now) for _ in range(2))
    assert (first.pk, first.is_automatic) == (second.pk, True)
    assert AuditEntry.objects.filter(action="policy.created").count() == 1


def test_a_saved_policy_is_the_teams_own(team: Any, now: datetime) -> None:
    policy = save(team, now)
    assert (policy.name, policy.is_automatic, escalation.from_snapshot(policy.plan)) == ("Ours", False, PLAN)


def test_an_unsound_plan_is_refused_with_all_reasons(team: Any, now: datetime) -> None:
    with pytest.raises(PlanInvalid) as refused:
        save(team, now, escalation.Plan((), repeat=99))
    assert len(refused.value.fields["steps"]) == 2


def test_a_stale_editor_is_told(team: Any, now: datetime) -> None:
    version = save(team, now).version
    save(team, now, version=version)
    with pytest.raises(PreconditionFailed):
        save(team, now, version=version)


def test_the_audit_keeps_both_plans(team: Any, now: datetime) -> None:
    save(team, now)
    changes = AuditEntry.objects.get(action="policy.updated").changes
    assert [plan["steps"][0]["target"] for plan in changes["plan"]] == ["primary", "team"]
