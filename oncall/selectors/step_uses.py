"""Which policies, routes and integrations name a thing, and what the steps of a policy name that is broken."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from oncall.domain import escalation_json
from oncall.domain.escalation import Jump, Notify, Plan, Step, Target
from oncall.models import AlertRoute, EscalationPolicy, Integration
from oncall.selectors import step_refs
from oncall.selectors.step_refs import Named
from portal.accounts.domain.actors import Actor

TARGETS = {"point": ("point",), "schedule": ("schedule", "round_robin")}
ELSEWHERE = "something of a team that you may not see"


def named_by(actor: Actor, kind: str, key: int) -> list[str]:
    """In words what names a contact point, a schedule or a policy: it is not to be taken away under them."""
    policies = EscalationPolicy.objects.filter(_names(kind, key), archived_at=None)
    if kind == "policy":
        policies = policies.exclude(pk=key)
    seen = policies.visible_to(actor).select_related("team").order_by("team__name", "name")
    found = [f"the policy {one.name} of {one.team}" for one in seen]
    is_hidden = policies.count() > len(found)
    if kind == "policy":
        routes = AlertRoute.objects.filter(policy_id=key).select_related("team")
        found += [f"the route {one.name} of {one.team}" for one in routes.visible_to(actor)]
        senders = Integration.objects.filter(policy_id=key, revoked_at=None).select_related("team")
        found += [f"the integration {one.name} of {one.team}" for one in senders.visible_to(actor)]
    return found + ([ELSEWHERE] if is_hidden else [])


def problems(plan: Plan, names: Named) -> dict[int, list[str]]:
    """What is wrong with what the steps name, by step from 0: it would be passed over when it is needed."""
    found = {index: list(_of_step(step, names)) for index, step in enumerate(plan.steps)}
    return {index: texts for index, texts in found.items() if texts}


def broken_policies(policies: Sequence[EscalationPolicy]) -> dict[int, dict[int, list[str]]]:
    """The problems of those that have any, by their keys; a query for each kind of thing."""
    plans = {one.pk: escalation_json.from_snapshot(one.plan) for one in policies}
    names = step_refs.named(plans.values())
    found = {pk: problems(plan, names) for pk, plan in plans.items()}
    return {pk: told for pk, told in found.items() if told}


def _names(kind: str, key: int) -> Q:
    if kind == "policy":
        return Q(plan__contains={"steps": [{"kind": "jump", "policy_id": key}]})
    found = Q(pk=None)
    for one in TARGETS[kind]:
        found |= Q(plan__contains={"steps": [{"targets": [{"kind": one, "id": key}]}]})
    return found


def _of_step(step: Step, names: Named) -> Iterator[str]:
    if isinstance(step, Notify):
        for target in step.targets:
            yield from _of_target(target, names)
    elif isinstance(step, Jump):
        policy = names.policies.get(step.policy_id)
        if policy is None or policy.archived_at is not None:
            yield f"{policy or 'The policy'} is out of service: the administrators are asked instead."


def _of_target(target: Target, names: Named) -> Iterator[str]:
    key = target.id or 0
    if target.kind == "person":
        user = names.people.get(key)
        if user is None or not user.is_active:
            yield f"{user or 'This person'} has no active account."
    elif target.kind == "point":
        point = names.points.get(key)
        if point is None or point.disabled_at is not None:
            yield f"{point or 'The contact point'} is {'switched off' if point else 'gone'}."
    elif key and target.kind in TARGETS["schedule"]:
        schedule = names.schedules.get(key)
        if schedule is None or schedule.archived_at is not None:
            yield f"{schedule or 'The schedule'} puts nobody on call any more."
