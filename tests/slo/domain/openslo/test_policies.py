"""Alert policies as burn-rate rules."""

from typing import Any

import pytest

from slo.domain.openslo.documents import library
from slo.domain.openslo.nodes import Refusal
from slo.domain.openslo.policies import rules_of_policies
from tests.slo.domain.openslo.examples import policy, slo


def rules(document: dict[str, Any], *others: Any) -> tuple[list[str] | None, list[Refusal]]:
    refusals: list[Refusal] = []
    known = library([("a.yaml", one) for one in (document, *others)], refusals)
    return rules_of_policies(known["SLO", "checkout-answers"].child("spec"), known), refusals


def test_without_policies_the_usual_rules_hold() -> None:
    assert rules(slo()) == (None, [])


def test_a_condition_is_a_rule() -> None:
    assert rules(slo(alertPolicies=[policy()])) == (["critical:60m/5m@14.4"], [])


def test_the_short_window_is_a_twelfth_unless_it_is_given() -> None:
    assert rules(slo(alertPolicies=[policy(alertAfter=None, lookbackWindow="6h", threshold=6)]))[0] == [
        "critical:360m/30m@6"
    ]


def test_a_policy_and_its_condition_of_their_own_documents() -> None:
    inner = policy()["spec"]["conditions"][0]
    condition = {"apiVersion": "openslo/v1"} | inner
    other = {"apiVersion": "openslo/v1", "kind": "AlertPolicy", "metadata": {"name": "far"}}
    other |= {"spec": {"conditions": [{"conditionRef": "fast"}]}}
    assert rules(slo(alertPolicies=[{"alertPolicyRef": "far"}]), other, condition) == (["critical:60m/5m@14.4"], [])


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        ({"kind": "spend"}, "kind"),
        ({"op": "lte"}, "op"),
        ({"threshold": None}, "threshold"),
        ({"threshold": -1}, "lookbackWindow"),
        ({"lookbackWindow": "soon"}, "lookbackWindow"),
        ({"alertAfter": "2h"}, "lookbackWindow"),
    ],
    ids=["kind", "op", "no-threshold", "negative", "no-window", "short-is-longer"],
)
def test_a_condition_that_is_no_rule_is_refused(condition: dict[str, Any], path: str) -> None:
    refusals = rules(slo(alertPolicies=[policy(**condition)]))[1]
    assert [refusal.path for refusal in refusals] == [f"spec.alertPolicies[0].spec.conditions[0].spec.condition.{path}"]


def test_a_policy_that_is_not_there_is_refused() -> None:
    assert rules(slo(alertPolicies=[{"alertPolicyRef": "gone"}]))[1][0].path == "spec.alertPolicies[0].alertPolicyRef"
