"""Asking the gate, and reading what it answered."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo import selectors
from slo.domain.gate_facts import Asked
from slo.domain.policies import Verdict
from slo.domain.windows import EPOCH
from slo.exceptions import EvaluationNotFound, OverrideNotFound
from slo.selectors import gates
from slo.services import gates as services
from slo.services import policies, release_windows
from tests.factories.slo import ReleaseFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
WEEK = {"zone": "Europe/Vienna", "hours": [{"days": ["mon"], "from": "10:00", "until": "16:00"}]}


def spent(service: Any, remaining: str = "-1", **fields: Any) -> Any:
    return SloStatusFactory(slo__service=service, remaining_ratio=Decimal(remaining), **fields).slo


def test_the_gate_reads_the_service_alone(service: Any, now: datetime) -> None:
    spent(SloFactory().service)
    assert selectors.gate(service_id=service.pk, now=now).reasons == []
    spent(service, slo__name="gone")
    assert selectors.gate(service_id=service.pk, now=now).reasons == ["gone (99 %) has no error budget left."]


def test_a_policy_may_look_at_some_slos_only(service: Any, now: datetime) -> None:
    spent(service)
    watched = spent(service, "0.9")
    policies.set_policy(actor=ACTOR, owner=service, definition={"slos": [watched.public_id]}, now=now)
    gate = selectors.gate(service_id=service.pk, now=now)
    assert (gate.allowed, [facts.slo_id for facts in gate.budgets]) == (True, [watched.public_id])


def test_it_counts_the_deployments_of_the_day(service: Any, now: datetime) -> None:
    spent(service, "0.2")
    for hours, kind in ((1, "normal"), (23, "rollback"), (25, "normal"), (2, "change")):
        ReleaseFactory(service=service, started_at=now - timedelta(hours=hours), kind=kind)
    gate = selectors.gate(service_id=service.pk, now=now)
    assert (gate.facts.releases_of_the_day, gate.verdict) == (2, Verdict.DENY)


def test_it_knows_the_release_window(service: Any, now: datetime) -> None:
    release_windows.set_window(actor=ACTOR, owner=service.team, definition=WEEK, now=now)
    gate = selectors.gate(service_id=service.pk, now=now)
    assert gate.verdict is Verdict.WARN
    assert gate.reasons == ["Outside the release window: no release window on a Wednesday."]


def override(service: Any, now: datetime, **facts: Any) -> Any:
    end = now + timedelta(hours=1)
    return services.override_gate(actor=ACTOR, service=service, reason="must", expires_at=end, now=now, **facts)


@pytest.mark.parametrize(
    ("facts", "minutes", "allowed"),
    [
        ({}, 0, True),
        ({}, 59, True),
        ({}, 60, False),
        ({"version": "2"}, 1, True),
        ({"version": "3"}, 1, False),
        ({"environment": "staging"}, 1, False),
    ],
    ids=["at once", "before its end", "at its end", "its version", "another version", "another environment"],
)
def test_an_override_opens_what_it_says(
    service: Any, now: datetime, facts: dict[str, str], minutes: int, allowed: bool
) -> None:
    spent(service)
    override(service, now, **facts)
    at = now + timedelta(minutes=minutes)
    assert gates.gate(service_id=service.pk, now=at, asked=Asked(version="2")).allowed is allowed


def test_asking_costs_five_queries(service: Any, now: datetime, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        spent(service)
    with django_assert_num_queries(5):
        selectors.gate(service_id=service.pk, now=now)


def test_a_sweep_reads_overrides_in_order(service: Any, now: datetime) -> None:
    made = [override(service, now + timedelta(minutes=minutes)) for minutes in (0, 1, 2)]
    assert list(selectors.overrides_since(now, without=[made[1].public_id])) == [made[0], made[2]]
    assert list(selectors.overrides_since(now + timedelta(minutes=2))) == made[2:]


def test_evaluations_narrow(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    for version, dry in (("1", False), ("2", True)):
        services.evaluate(actor=ACTOR, service=service, asked=Asked(version=version), now=now, is_dry_run=dry)
    found = gates.evaluations(actor_of(alice))
    assert [row.version for row in gates.search(found, dry=False)] == ["1"]
    assert [row.version for row in gates.search(found, text="2", verdict="allow")] == ["2"]
    assert not gates.search(found, verdict="deny")


def test_another_teams_private_answers_do_not_exist(service: Any, charlie: Any, actor_of: Any, now: datetime) -> None:
    service.team.is_private = True
    service.team.save()
    _, kept = services.evaluate(actor=ACTOR, service=service, asked=Asked(), now=now)
    with pytest.raises(EvaluationNotFound):
        gates.get_evaluation(actor_of(charlie), kept.public_id)
    with pytest.raises(OverrideNotFound):
        gates.get_override(actor_of(charlie), override(service, now).public_id)


def test_numbers_that_never_were_have_no_end() -> None:
    assert gates.facts_of(SloStatusFactory(window_end=EPOCH)).window_end is None
