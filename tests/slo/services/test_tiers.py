"""The rules that new SLOs of a tier begin with."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.domain.rules import DEFAULT_KEYS
from slo.exceptions import TierNotFound
from slo.models import Slo
from slo.services import objectives, tiers
from tests.factories.slo import SliFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
CUSTOM = ["warning:4320m/360m@2", "page-6h", "critical:030m/5m@20.0"]


def made(service: Any, now: datetime, **facts: Any) -> Slo:
    facts = {"name": "Answers", "objective": Decimal("0.99"), **facts}
    return objectives.create_slo(actor=ACTOR, service=service, sli=SliFactory(service=service), facts=facts, now=now)


def test_without_a_choice_a_tier_has_the_default_rules(service: Any) -> None:
    found = tiers.rules_for(service)
    assert (found.tier, found.rules, found.minimum_events) == (service.tier, list(DEFAULT_KEYS), 10)


def test_a_new_slo_begins_with_what_its_tier_has(service: Any, now: datetime) -> None:
    facts = {"rules": CUSTOM, "minimum_events": 50, "coverage_floor": Decimal("0.8")}
    tiers.set_rules(actor=ACTOR, tier=service.tier, facts=facts, now=now)
    slo = made(service, now)
    assert slo.rules == ["critical:30m/5m@20", "page-6h", "warning:4320m/360m@2"]
    assert (slo.minimum_events, slo.coverage_floor) == (50, Decimal("0.8"))


def test_what_is_given_counts_more(service: Any, now: datetime) -> None:
    tiers.set_rules(actor=ACTOR, tier=service.tier, facts={"rules": CUSTOM, "minimum_events": 50}, now=now)
    slo = made(service, now, rules=["page-1h"], minimum_events=1)
    assert (slo.rules, slo.minimum_events) == (["page-1h"], 1)


def test_rules_that_could_never_fire_are_left_out(service: Any, now: datetime) -> None:
    tiers.set_rules(actor=ACTOR, tier=service.tier, facts={"rules": [*CUSTOM, "page-1h"]}, now=now)
    assert made(service, now, objective=Decimal("0.9")).rules == ["page-6h", "warning:4320m/360m@2"]


def test_slos_that_are_there_keep_their_rules(service: Any, now: datetime) -> None:
    slo = made(service, now)
    tiers.set_rules(actor=ACTOR, tier=service.tier, facts={"rules": []}, now=now)
    slo.refresh_from_db()
    assert slo.rules == list(DEFAULT_KEYS)


def test_a_change_is_audited_once(now: datetime) -> None:
    for _ in range(2):
        tiers.set_rules(actor=ACTOR, tier=1, facts={"rules": ["page-1h"]}, now=now)
    assert AuditEntry.objects.get(action="tier_rules.updated").changes["rules"] == [list(DEFAULT_KEYS), ["page-1h"]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rules", ["page-2h"]),
        ("rules", ["critical:5m/60m@1"]),
        ("rules", [f"critical:60m/5m@{number}" for number in range(1, 22)]),
        ("minimum_events", -1),
        ("coverage_floor", Decimal("1.1")),
        ("coverage_floor", Decimal("NaN")),
    ],
    ids=["unknown", "reversed", "many", "events", "floor", "nan"],
)
def test_what_makes_no_sense_is_refused(now: datetime, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        tiers.set_rules(actor=ACTOR, tier=1, facts={field: value}, now=now)
    assert list(refused.value.fields) == [field]


def test_there_are_four_tiers(now: datetime) -> None:
    with pytest.raises(TierNotFound):
        tiers.set_rules(actor=ACTOR, tier=5, facts={}, now=now)
