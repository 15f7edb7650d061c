"""What an SLO promises: its facts, whether they can be kept together, and their text in revisions and audit."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal.accounts.models import Membership, User
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain import schedules
from slo.domain.drafts import Draft, Problems, problems
from slo.domain.objectives import percent_text
from slo.domain.rules import problem_of, rules_of, rules_that_can_fire, unreadable
from slo.domain.streams import LONGEST_FRESHNESS
from slo.domain.windows import SECOND
from slo.exceptions import RuleCannotFire
from slo.models import Sla, Slo
from slo.services import tiers

DRAFTED = tuple(Draft.__dataclass_fields__)
PROMISE = (
    *("objective", "sli_id", "category", "threshold", "method", "slice_target", "window_kind", "window_days"),
    *("calendar_unit", "zone", "schedule", "excludes_maintenance", "rules", "minimum_events", "coverage_floor"),
)
OTHERS = ("name", "description", "owner_id", "review_days")
FACTS = (*PROMISE, *OTHERS)
GIVEN = {*FACTS, "sli", "owner"} - {"sli_id", "owner_id"}
BASE = {"objective", "window_kind", "window_days", "calendar_unit"}
DEPENDENT = (
    ("method", {"timeslices"}, "slice_target", None),
    ("window_kind", {"calendar"}, "calendar_unit", ""),
    ("category", {"latency", "freshness", "throughput"}, "threshold", None),
)


def shown(slo: Slo) -> dict[str, Any]:
    """The facts of an SLO, for the audit log."""
    return {name: getattr(slo, name) for name in FACTS} | {"archived_at": slo.archived_at}


def promise(slo: Slo) -> dict[str, Any]:
    """What makes a revision: a change of any of these is a new one."""
    return {name: getattr(slo, name) for name in PROMISE}


def promise_text(slo: Slo) -> dict[str, Any]:
    """The promise as JSON for a revision: decimals as text, the SLI by its public id."""
    plain = {name: str(value) if isinstance(value, Decimal) else value for name, value in promise(slo).items()}
    parts = [{"slo": one.part.public_id, "weight": one.weight} for one in slo.parts.select_related("part")]
    return plain | {"sli_id": slo.sli.public_id} | ({"parts": parts} if parts else {})


def known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """`facts` themselves; Invalid names what an SLO does not have."""
    unknown = sorted(set(facts) - GIVEN)
    if unknown:
        raise Invalid(fields={name: ["An SLO has no such field."] for name in unknown})
    return dict(facts)


def apply(slo: Slo, facts: Mapping[str, Any]) -> None:
    """Sets `facts` on `slo`; what another choice makes meaningless is emptied unless it is given itself."""
    for name, value in known(facts).items():
        setattr(slo, name, value)
    for choice, values, dependent, nothing in DEPENDENT:
        if getattr(slo, choice) not in values and dependent not in facts:
            setattr(slo, dependent, nothing)


def usual_keys(service: Service) -> list[str]:
    """The rules that SLOs of a service of this tier begin with."""
    return list(tiers.rules_for(service).rules)


def usual_rules(slo: Slo) -> list[str]:
    """Those rules as far as they can fire at the objective of the SLO."""
    if BASE & problems(_draft(slo)).keys():
        return []
    period = slo.window.nominal
    rules = rules_of(tuple(usual_keys(slo.service)), period)
    return [rule.key for rule in rules_that_can_fire(slo.objective, rules, period)]


def check(slo: Slo) -> None:
    """Raises Invalid with every problem of every field, or RuleCannotFire when only a rule is out of reach."""
    slo.objective, slo.coverage_floor = Decimal(slo.objective), Decimal(slo.coverage_floor)
    found = problems(_draft(slo)) | _related_problems(slo)
    if "objective" not in found and (promised := _promised_to_customers(slo)) and promised >= slo.objective:
        found["objective"] = [f"Its SLA promises customers {percent_text(promised)}, and an SLO is stricter than that."]
    unreachable = {} if {"rules", *BASE} & found.keys() else _unreachable(slo)
    if found:
        raise Invalid(fields=found | unreachable)
    if unreachable:
        raise RuleCannotFire(fields=unreachable)
    slo.rules = [rule.key for rule in rules_of(tuple(slo.rules))]


def _related_problems(slo: Slo) -> Problems:
    """What is wrong with the SLI, how long it looks back, the owner, the schedule and the rules."""
    found: Problems = {}
    if slo.sli.service_id != slo.service_id:
        found["sli"] = ["This SLI belongs to another service."]
    elif slo.sli.owner_id not in {None, slo.pk}:
        found["sli"] = ["This stream is another SLO's own."]
    if slo.category == "freshness" and (slo.threshold or 0) > LONGEST_FRESHNESS // SECOND:
        found["threshold"] = ["Freshness is at most a day, 86,400 seconds."]
    if not _may_own(slo, slo.owner):
        found["owner"] = ["The owner is an active person of the service's team."]
    if wrong := schedules.problems(slo.schedule):
        found["schedule"] = wrong
    if unknown := unreadable(slo.rules):
        found["rules"] = unknown
    return found


def _draft(slo: Slo) -> Draft:
    return Draft(**{name: getattr(slo, name) for name in DRAFTED})


def _promised_to_customers(slo: Slo) -> Decimal | None:
    return Sla.objects.filter(slo=slo.pk).values_list("objective", flat=True).first() if slo.pk else None


def _may_own(slo: Slo, owner: User | None) -> bool:
    if owner is None or owner.is_administrator:
        return True
    return Membership.objects.filter(team_id=slo.service.team_id, user=owner, user__is_active=True).exists()


def _unreachable(slo: Slo) -> Problems:
    period = slo.window.nominal
    found = [problem_of(rule, slo.objective, period) for rule in rules_of(tuple(slo.rules), period)]
    lines = [line for line in found if line]
    return {"rules": lines} if lines else {}
