"""What keeps a plan from being saved, by step and field."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from oncall.domain.alert_states import SEVERITIES
from oncall.domain.escalation import (
    MAX_MINUTES,
    MAX_REPEAT,
    MAX_STEPS,
    MAX_TARGETS,
    MIN_PAUSE_MINUTES,
    TARGETS,
    WEEKDAYS,
    Goto,
    IfHours,
    IfSeverity,
    Jump,
    Notify,
    Plan,
    RepeatFrom,
    Resolve,
    Step,
    Steps,
    Target,
    Wait,
)

MAX_TOTAL_MINUTES = 7 * 24 * 60
NEED_AN_ID = {"person": "the person", "schedule": "the schedule", "point": "the contact point"}
ROLES = ("primary", "secondary", "shadow")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with `field` of step `step` (from 0); both are empty for the plan as a whole."""

    text: str
    step: int | None = None
    field: str = ""

    @property
    def path(self) -> str:
        """`steps`, `steps.2` or `steps.2.minutes`."""
        return ".".join(str(part) for part in ("steps", self.step, self.field) if part not in (None, ""))


def problems(plan: Plan, *, own: int | None = None) -> list[Problem]:
    """Everything at once; empty when the plan is sound. `own` is the key of the policy whose plan it is."""
    found: list[Problem] = []
    if not 1 <= len(plan.steps) <= MAX_STEPS:
        found.append(Problem(f"Give 1 to {MAX_STEPS} steps."))
    if plan.steps and not any(isinstance(step, Notify) for step in plan.steps) and not _leads_away(plan.steps):
        found.append(Problem("No step pages anybody."))
    for index, step in enumerate(plan.steps):
        found += [Problem(text, index, field) for field, text in _of_step(step, index, plan.steps)]
        if isinstance(step, Jump) and step.policy_id == own:
            found.append(Problem("A policy does not go on with itself; repeat from a step instead.", index, "policy"))
    if not found and _total_minutes(plan.steps) > MAX_TOTAL_MINUTES:
        found.append(Problem("With all repeats the steps must end within 7 days."))
    return found


def _leads_away(steps: Steps) -> bool:
    return any(step.kind in {"jump", "resolve"} for step in steps)


def _of_step(step: Step, index: int, steps: Steps) -> Iterator[tuple[str, str]]:
    if isinstance(step, Notify):
        yield from _of_notify(step)
    elif isinstance(step, Wait):
        if not 1 <= step.minutes <= MAX_MINUTES:
            yield "minutes", f"Wait 1 to {MAX_MINUTES} minutes."
    elif isinstance(step, IfHours | IfSeverity):
        yield from _of_condition(step, len(steps) - index - 1)
    elif isinstance(step, RepeatFrom):
        yield from _of_repeat(step, index, steps)
    elif isinstance(step, Resolve) and index + 1 < len(steps) and not _is_covered(index, steps):
        yield "kind", "Steps behind a resolve are never taken; make it the last one or put a condition before it."
    elif isinstance(step, Goto):
        yield "kind", "There is no such kind of step."


def _of_notify(step: Notify) -> Iterator[tuple[str, str]]:
    if not 1 <= len(step.targets) <= MAX_TARGETS:
        yield "targets", f"Give 1 to {MAX_TARGETS} targets."
    for target in step.targets:
        yield from (("targets", text) for text in _of_target(target))
    if step.targets and all(is_copy(target) for target in step.targets):
        yield "targets", "Whoever shadows is never paged alone; add another target."


def is_copy(target: Target) -> bool:
    """Whether the target only hears what others are asked."""
    return target.kind == "shadow" or (target.kind == "schedule" and target.role == "shadow")


def _of_target(target: Target) -> Iterator[str]:
    if target.kind not in TARGETS:
        yield f"There is no target {target.kind!r}."
    elif target.kind in NEED_AN_ID and not target.id:
        yield f"A target {target.kind!r} needs {NEED_AN_ID[target.kind]}."
    elif target.kind == "schedule" and target.role not in ROLES:
        yield f"Choose a role of the schedule: {', '.join(ROLES)}."


def _of_condition(step: IfHours | IfSeverity, behind: int) -> Iterator[tuple[str, str]]:
    if not 1 <= step.covers <= behind:
        yield "covers", f"A condition covers 1 to {behind} of the next steps." if behind else "No step comes after it."
    if isinstance(step, IfSeverity):
        if not step.severities or set(step.severities) - set(SEVERITIES):
            yield "severities", f"Choose from {', '.join(SEVERITIES)}."
        return
    if not step.weekdays or set(step.weekdays) - set(WEEKDAYS):
        yield "weekdays", "Choose at least one day of the week."
    if step.zone not in available_timezones():
        yield "zone", f"There is no time zone {step.zone!r}."


def _of_repeat(step: RepeatFrom, index: int, steps: Steps) -> Iterator[tuple[str, str]]:
    if not 0 <= step.to < index:
        yield "to", "Repeat from a step before this one."
        return
    if step.times is not None:
        if not 1 <= step.times <= MAX_REPEAT:
            yield "times", f"Repeat 1 to {MAX_REPEAT} times, or for ever."
    elif sum(one.minutes for one in steps[step.to : index] if isinstance(one, Wait)) < MIN_PAUSE_MINUTES:
        yield "times", f"What repeats for ever needs waits of {MIN_PAUSE_MINUTES} minutes or more in each round."


def _is_covered(index: int, steps: Steps) -> bool:
    return any(
        isinstance(one, IfHours | IfSeverity) and before < index <= before + one.covers
        for before, one in enumerate(steps)
    )


def _total_minutes(steps: Steps) -> int:
    """An upper bound of the waits of all rounds; what repeats for ever counts as one round."""
    total = sum(step.minutes for step in steps if isinstance(step, Wait))
    for index, step in enumerate(steps):
        if isinstance(step, RepeatFrom) and step.times:
            total += step.times * sum(one.minutes for one in steps[step.to : index] if isinstance(one, Wait))
    return total
