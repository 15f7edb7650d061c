"""Alert policies as burn-rate rules."""

from datetime import timedelta
from decimal import Decimal

from slo.domain.burns import SHORT_SHARE
from slo.domain.openslo.documents import Library
from slo.domain.openslo.durations import length_of
from slo.domain.openslo.nodes import Node
from slo.domain.rules import InvalidRule, custom_rule

MINUTE = timedelta(minutes=1)
SEVERITIES = {"page": "critical", "critical": "critical", "ticket": "warning", "warning": "warning"}
OPERATORS = {"gte": "gte", "gt": "gt"}
DEFAULT_SHORT = "alertAfter"


def rules_of_policies(spec: Node, library: Library) -> list[str] | None:
    """The keys of the rules that the alert policies of an SLO ask for; None where it has none: the usual ones hold."""
    if not spec.has("alertPolicies"):
        return None
    found = []
    for policy in spec.items("alertPolicies"):
        for condition in _resolved(policy, "alertPolicyRef", "AlertPolicy", library).items("conditions"):
            key = _rule(_resolved(condition, "conditionRef", "AlertCondition", library))
            found += [key] if key else []
    return found


def _resolved(node: Node, reference: str, kind: str, library: Library) -> Node:
    """The spec of a document that is named or written out in place."""
    if not node.has(reference):
        return node.child("spec")
    name = node.text(reference)
    found = library.get((kind, name))
    if found is None:
        node.refuse(f"There is no {kind} document '{name}' in these files.", reference)
        return node.child("spec")
    return found.child("spec")


def _rule(spec: Node) -> str | None:
    severity = spec.choice("severity", SEVERITIES)
    condition = spec.child("condition")
    if condition.text("kind", "burnrate").lower() != "burnrate":
        condition.refuse("Only conditions of the kind burnrate are known.", "kind")
        return None
    condition.choice("op", OPERATORS, "gte")
    burn, long = condition.number("threshold"), _length(condition, "lookbackWindow")
    if burn is None:
        condition.refuse("This is needed.", "threshold")
    if burn is None or long is None:
        return None
    return _key(condition, severity, long, burn)


def _key(condition: Node, severity: str, long: timedelta, burn: Decimal) -> str | None:
    after = _length(condition, DEFAULT_SHORT) if condition.has(DEFAULT_SHORT) else None
    short = after or max(MINUTE, long / SHORT_SHARE // MINUTE * MINUTE)
    try:
        return custom_rule(severity, long=long, short=short, burn=burn).key
    except InvalidRule as error:
        condition.refuse(str(error), "lookbackWindow")
        return None


def _length(node: Node, key: str) -> timedelta | None:
    text = node.text(key)
    found = length_of(text) if text else None
    if text and found is None:
        node.refuse("This is a duration such as 5m, 1h or 3d.", key)
    return found
