"""What a run walks: the steps of its policy and of all that it jumps to, as one sequence that always ends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from oncall.domain.escalation import Goto, Jump, Notify, Plan, RepeatFrom, Step, Steps

OF_A_TEAM = ("primary", "secondary", "shadow", "team", "round_robin")


@dataclass(frozen=True, slots=True)
class Part:
    """The plan of one policy and the team whose it is."""

    plan: Plan
    team_id: int | None = None


def programme(parts: Mapping[int, Part], own: int) -> Steps:
    """The steps of policy `own` and of those that it jumps to, each once; behind the last step stands the catch-all.

    A jump to a policy that is not among `parts`, or back into one that led here, means the catch-all. Roles and teams
    are those of the policy's own team.
    """
    cut: set[tuple[int, int]] = set()
    order = _visit(parts, own, (), cut, [])
    starts, length = {}, 0
    for policy in order:
        starts[policy] = length
        length += len(parts[policy].plan.steps) + 1
    end = length - 1
    found: list[Step] = []
    for policy in order:
        open_to = {one: start for one, start in starts.items() if (policy, one) not in cut}
        found += [_placed(step, starts[policy], open_to, end, parts[policy]) for step in parts[policy].plan.steps]
        found.append(Goto(end))
    return tuple(found[:end])


def jumps(plan: Plan) -> list[int]:
    """The policies that a plan names."""
    return [step.policy_id for step in plan.steps if isinstance(step, Jump)]


def _visit(
    parts: Mapping[int, Part], at: int, path: tuple[int, ...], cut: set[tuple[int, int]], order: list[int]
) -> list[int]:
    """Depth first; an edge back to where the path came from is cut."""
    order.append(at)
    for wanted in jumps(parts[at].plan):
        if wanted == at or wanted in path:
            cut.add((at, wanted))
        elif wanted in parts and wanted not in order:
            _visit(parts, wanted, (*path, at), cut, order)
    return order


def _placed(step: Step, start: int, open_to: Mapping[int, int], end: int, part: Part) -> Step:
    if isinstance(step, Jump):
        return Goto(open_to.get(step.policy_id, end))
    if isinstance(step, RepeatFrom):
        return replace(step, to=step.to + start)
    if isinstance(step, Notify):
        return Notify(
            tuple(
                replace(one, team_id=part.team_id) if one.kind in OF_A_TEAM and one.team_id is None else one
                for one in step.targets
            )
        )
    return step
