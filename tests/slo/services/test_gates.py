"""Evaluations of the gate, and overrides."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.domain.gate_facts import Asked
from slo.domain.policies import Kind
from slo.models import GateEvaluation, GateOverride
from slo.services import gates
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ACTOR = Actor.system("pipeline")


def override(service: Any, now: datetime, **facts: Any) -> GateOverride:
    given = {"actor": ACTOR, "service": service, "reason": " The fix. ", "expires_at": now + HOUR, "now": now, **facts}
    return gates.override_gate(**given)


def test_an_evaluation_is_kept_with_its_evidence(service: Any, now: datetime) -> None:
    slo = SloStatusFactory(slo__service=service, remaining_ratio=Decimal("-0.5"), good=9, total=12).slo
    asked = Asked(kind=Kind.NORMAL, version="2.1")
    gates.evaluate(actor=ACTOR, service=service, asked=asked, now=now)
    kept = GateEvaluation.objects.get()
    assert (kept.verdict, kept.version, kept.step, kept.policy, kept.actor) == (
        "deny", "2.1", "freeze", "default", "pipeline",
    )  # fmt: skip
    seen = kept.evidence["budgets"][0]
    assert (seen["slo"], seen["remaining_ratio"], seen["good"], seen["total"]) == (slo.public_id, "-0.500000", 9, 12)


def test_a_dry_run_is_kept_as_one(service: Any, now: datetime) -> None:
    gates.evaluate(actor=ACTOR, service=service, asked=Asked(), now=now, is_dry_run=True)
    assert GateEvaluation.objects.get().is_dry_run


@pytest.mark.parametrize("verb", ["UPDATE slo_gateevaluation SET verdict = 'deny'", "DELETE FROM slo_gateevaluation"])
def test_what_the_gate_answered_never_changes(service: Any, now: datetime, verb: str) -> None:
    gates.evaluate(actor=ACTOR, service=service, asked=Asked(), now=now)
    with pytest.raises(Error, match="append-only"), connection.cursor() as cursor:
        cursor.execute(verb)


def test_a_second_person_is_another_member_of_the_team(
    service: Any, alice: Any, vera: Any, actor_of: Any, now: datetime
) -> None:
    asked = Asked(approver=vera.email)
    assert gates.evaluate(actor=actor_of(alice), service=service, asked=asked, now=now)[1].approver == vera.email


@pytest.mark.parametrize("email", ["charlie@example.com", "alice@example.com", "nobody"])
def test_nobody_else_is_a_second_person(
    service: Any, alice: Any, charlie: Any, actor_of: Any, now: datetime, email: str
) -> None:
    with pytest.raises(Invalid) as caught:
        gates.evaluate(actor=actor_of(alice), service=service, asked=Asked(approver=email), now=now)
    assert list(caught.value.fields) == ["approver"]


@pytest.mark.parametrize(
    ("field", "asked"), [("version", Asked(version="x\0")), ("environment", Asked(environment="x" * 41))]
)
def test_what_is_asked_is_checked(service: Any, now: datetime, field: str, asked: Asked) -> None:
    with pytest.raises(Invalid) as caught:
        gates.evaluate(actor=ACTOR, service=service, asked=asked, now=now)
    assert list(caught.value.fields) == [field]


def test_an_override_opens_the_gate_owes_a_postmortem_and_is_audited(service: Any, now: datetime) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal(-1))
    made = override(service, now)
    gate, kept = gates.evaluate(actor=ACTOR, service=service, asked=Asked(), now=now)
    assert (gate.verdict, kept.override) == ("warn", made)
    assert (made.reason, made.author, made.owes_postmortem) == ("The fix.", "pipeline", True)
    assert AuditEntry.objects.get(target_id=made.public_id).action == "gate.overridden"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"version": "x" * 101}, "version"),
        ({"environment": "x" * 41}, "environment"),
        ({"expires_at": None}, "expires_at"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_an_override_is_checked(service: Any, now: datetime, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        override(service, now, **facts)
    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("ends_in", [timedelta(minutes=4), timedelta(days=8), -HOUR], ids=["short", "long", "past"])
def test_an_override_ends_within_a_week(service: Any, now: datetime, ends_in: timedelta) -> None:
    with pytest.raises(Invalid) as caught:
        override(service, now, expires_at=now + ends_in, reason="")
    assert set(caught.value.fields) == {"expires_at", "reason"}


def test_a_revoked_override_opens_nothing(service: Any, now: datetime) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal(-1))
    made = override(service, now)
    for minutes in (1, 2):
        made = gates.revoke_override(actor=ACTOR, override=made, now=now + timedelta(minutes=minutes))
    assert made.revoked_at == now + timedelta(minutes=1)
    assert not gates.evaluate(actor=ACTOR, service=service, asked=Asked(), now=now)[0].allowed
    assert AuditEntry.objects.filter(action="gate.override_revoked").count() == 1


def test_an_override_that_is_over_is_not_revoked(service: Any, now: datetime) -> None:
    made = gates.revoke_override(actor=ACTOR, override=override(service, now), now=now + 2 * HOUR)
    assert made.revoked_at is None
