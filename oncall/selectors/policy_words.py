"""A policy's steps in words, with who is reached now beside each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from oncall.domain import escalation, escalation_json
from oncall.domain.escalation import (
    CATCH_ALL,
    IfHours,
    IfSeverity,
    Jump,
    Notify,
    RepeatFrom,
    Step,
    Target,
    Wait,
)
from oncall.models import EscalationPolicy
from oncall.selectors import step_refs, step_uses
from oncall.selectors.step_refs import Named
from oncall.selectors.targets import Asked, Finder

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Row:
    """One step; `asked` is None where it asks nobody by its kind. `number` is 0 for the catch-all.

    `problems` are what it names that is gone, switched off or out of service.
    """

    number: int
    kind: str
    words: str
    asked: Asked | None
    problems: Sequence[str] = ()


def rows(policy: EscalationPolicy, *, now: datetime) -> list[Row]:
    """Each step, and the catch-all behind them."""
    plan = escalation_json.from_snapshot(policy.plan)
    names = step_refs.named([plan])
    finder, broken = Finder(policy.team_id), step_uses.problems(plan, names)
    found = [
        Row(
            index + 1,
            step.kind,
            words_of(step, names),
            finder.asked(step, now=now) if isinstance(step, Notify) else None,
            broken.get(index, ()),
        )
        for index, step in enumerate(plan.steps)
    ]
    return [*found, Row(0, "notify", "Page the administrators", finder.asked(CATCH_ALL, now=now))]


def words_of(step: Step, names: Named) -> str:
    """A step as a sentence without its full stop."""
    match step:
        case Notify():
            return "Page " + " and ".join(target_words(one, names) for one in step.targets)
        case Wait():
            return f"Wait {step.minutes} min"
        case IfHours():
            days = _days(step.weekdays)
            hours = f"{step.starts:%H:%M} to {step.ends:%H:%M} ({step.zone})"
            return f"Only {days}, {hours}: {_covered(step.covers)}"
        case IfSeverity():
            return f"Only for {' or '.join(step.severities)}: {_covered(step.covers)}"
        case RepeatFrom():
            often = "for ever" if step.times is None else f"{step.times} {'time' if step.times == 1 else 'times'}"
            return f"Repeat from step {step.to + 1}, {often}"
        case Jump():
            policy = names.policies.get(step.policy_id)
            return f"Go on with {policy.name} of {policy.team}" if policy else "Go on with a policy that is gone"
    return "Resolve the alert"


def target_words(target: Target, names: Named) -> str:
    """A target by the name of what it means."""
    team = names.teams.get(target.team_id or 0)
    of_team = f" of {team}" if team else ""
    if target.kind == "person":
        return str(names.people.get(target.id or 0, "a person who is gone"))
    if target.kind == "point":
        return str(names.points.get(target.id or 0, "a contact point that is gone"))
    schedule = names.schedules.get(target.id or 0, "a schedule that is gone")
    if target.kind == "schedule":
        return f"the {target.role} of {schedule}"
    if target.kind == "round_robin" and target.id:
        return f"the next one in turn of {schedule}"
    return f"{escalation.TARGETS[target.kind]}{of_team}"


def token(target: Target) -> str:
    """A target as one value of a form: kind, id, role, team."""
    return ":".join(str(part or "") for part in (target.kind, target.id, target.role, target.team_id))


def _covered(number: int) -> str:
    return "the next step" if number == 1 else f"the next {number} steps"


def _days(weekdays: Sequence[int]) -> str:
    return "Mon to Fri" if tuple(weekdays) == (0, 1, 2, 3, 4) else ", ".join(DAYS[day] for day in weekdays)
