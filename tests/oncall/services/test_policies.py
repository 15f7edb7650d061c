"""Escalation policies of a team."""

from datetime import datetime
from typing import Any

import pytest

from oncall.domain import escalation, escalation_json
from oncall.exceptions import PlanInvalid
from oncall.models import EscalationPolicy, ServicePolicy
from oncall.services import policies
from oncall.services.policies import PolicyFields
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Conflict, Invalid, PreconditionFailed
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import PolicyFactory

ALICE = Actor.system("alice")
PLAN = escalation.Plan((escalation.notify("team"),))


def fields(plan: escalation.Plan = PLAN, **changes: Any) -> PolicyFields:
    usual: dict[str, Any] = {"name": "Ours", "plan": plan, "repage_acknowledged": True, "is_default": True}
    return PolicyFields(**usual | changes)


def save(policy: EscalationPolicy, now: datetime, version: int | None = None, **changes: Any) -> EscalationPolicy:
    told = fields(**changes)
    return policies.change_policy(actor=ALICE, policy=policy, fields=told, expected_version=version, now=now)


def create(team: Any, now: datetime, **changes: Any) -> EscalationPolicy:
    return policies.create_policy(actor=ALICE, team_id=team.pk, fields=fields(**changes), now=now)


def test_the_default_is_made_once(team: Any, now: datetime) -> None:
    first, second = (policies.ensure_policy(team_id=team.pk, now=now) for _ in range(2))
    assert (first.pk, first.is_automatic) == (second.pk, True)
    assert AuditEntry.objects.filter(action="policy.created").count() == 1


def test_a_saved_policy_is_the_teams_own(team: Any, now: datetime) -> None:
    policy = save(PolicyFactory(team=team, is_automatic=True), now)
    assert (policy.name, policy.is_automatic, escalation_json.from_snapshot(policy.plan)) == ("Ours", False, PLAN)


def test_an_unsound_plan_is_refused_with_all_reasons(team: Any, now: datetime) -> None:
    bad = escalation.Plan((escalation.notify("dog"), escalation.Wait(0)))
    with pytest.raises(PlanInvalid) as refused:
        create(team, now, plan=bad)
    assert list(refused.value.fields) == ["steps.0.targets", "steps.1.minutes"]


def test_unknown_classes_are_refused(team: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        create(team, now, severities=["loud"])
    assert list(refused.value.fields) == ["severities"]


def test_a_stale_editor_is_told(team: Any, now: datetime) -> None:
    policy = PolicyFactory(team=team)
    save(policy, now, version=1)
    with pytest.raises(PreconditionFailed):
        save(policy, now, version=1)


def test_the_audit_keeps_both_plans(team: Any, now: datetime) -> None:
    save(PolicyFactory(team=team), now)
    changes = AuditEntry.objects.get(action="policy.updated").changes
    assert [plan["steps"][0]["targets"][0]["kind"] for plan in changes["plan"]] == ["primary", "team"]


def test_the_first_policy_is_the_default_whatever_it_says(team: Any, now: datetime) -> None:
    assert create(team, now, is_default=False).is_default


def test_a_new_default_takes_the_place_of_the_old_one(team: Any, now: datetime) -> None:
    create(team, now, name="Days")
    create(team, now, name="Nights")
    save(EscalationPolicy.objects.get(name="Days"), now, name="Days")
    defaults = EscalationPolicy.objects.order_by("name").values_list("name", "is_default")
    assert list(defaults) == [("Days", True), ("Nights", False)]


def test_a_service_has_one_policy_and_comes_over(team: Any, now: datetime) -> None:
    service = ServiceFactory(team=team)
    create(team, now, service_ids=[service.pk])
    nights = create(team, now, is_default=False, service_ids=[service.pk])
    assert ServicePolicy.objects.get().policy == nights
    save(nights, now, is_default=False, service_ids=[])
    assert not ServicePolicy.objects.exists()


def test_an_archived_policy_serves_nothing(team: Any, now: datetime) -> None:
    policy = create(team, now, service_ids=[ServiceFactory(team=team).pk])
    for _ in range(2):
        policies.archive_policy(actor=ALICE, policy=policy, now=now)
    assert not ServicePolicy.objects.exists()
    assert policies.ensure_policy(team_id=team.pk, now=now).pk != policy.pk


def test_a_default_beside_others_cannot_be_archived(team: Any, now: datetime) -> None:
    policy = create(team, now)
    create(team, now, is_default=False)
    with pytest.raises(Conflict):
        policies.archive_policy(actor=ALICE, policy=policy, now=now)
