"""What the editor of a policy offers: targets, policies to go on with, and services to serve."""

from collections.abc import Iterator, Sequence

from oncall.domain.escalation import Jump, Notify, Plan, Target
from oncall.models import EscalationPolicy, Schedule
from oncall.selectors import policy_words, step_refs
from oncall.selectors.policy_words import token
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog.models import Service

SIMPLE = {
    "primary": "Primary on call",
    "secondary": "Secondary on call",
    "team": "Everyone of the team",
    "round_robin": "The next one of the team in turn",
    "shadow": "Shadows (a copy)",
    "administrators": "Administrators",
}


def choices(
    actor: Actor, *, team: Team, plan: Plan | None, policy: EscalationPolicy | None
) -> dict[str, list[tuple[str, str]]]:
    """Tokens with their words; what the plan names already stays a choice whatever became of it."""
    offered = dict(_targets(actor, team))
    jumps = {str(one.pk): f"{one.team}: {one.name}" for one in step_refs.policies(actor) if one != policy}
    if plan is not None:
        names = step_refs.named([plan])
        for step in plan.steps:
            if isinstance(step, Notify):
                offered |= {
                    token(one): policy_words.target_words(one, names)
                    for one in step.targets
                    if token(one) not in offered
                }
            elif isinstance(step, Jump):
                jumps.setdefault(str(step.policy_id), "A policy that is gone")
    return {"targets": list(offered.items()), "policies": list(jumps.items())}


def services(team: Team) -> list[tuple[str, str]]:
    """The services of the team."""
    found = Service.objects.filter(team=team).order_by("name")
    return [(str(service.pk), service.name) for service in found]


def _targets(actor: Actor, team: Team) -> Iterator[tuple[str, str]]:
    yield from ((token(Target(kind)), words) for kind, words in SIMPLE.items())
    yield from _of_schedules([one for one in step_refs.schedules(actor) if one.team_id == team.pk])
    yield from ((token(Target("person", user.pk)), str(user)) for user in people.team_members(team.pk))
    for point in step_refs.points(actor).filter(team=team):
        yield token(Target("point", point.pk)), f"{point} ({point.kind})"
    for other in people.teams(actor).exclude(pk=team.pk):
        yield token(Target("primary", team_id=other.pk)), f"{other}: primary on call"
        yield token(Target("team", team_id=other.pk)), f"{other}: everyone"


def _of_schedules(own: Sequence[Schedule]) -> Iterator[tuple[str, str]]:
    """Roles by schedule only where there are several."""
    for schedule in own if len(own) > 1 else ():
        for role in ("primary", "secondary"):
            yield token(Target("schedule", schedule.pk, role)), f"{schedule}: {role}"
    for schedule in own:
        yield token(Target("round_robin", schedule.pk)), f"{schedule}: the next one in turn"
