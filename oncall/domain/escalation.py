"""Who is asked next, and after how long: a policy as data, and positions in it. No clock, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

TARGETS = {
    "primary": "the primary on call",
    "secondary": "the secondary on call",
    "team": "everyone of the team",
    "person": "one person",
    "administrators": "the administrators",
}
MAX_STEPS = 10
MAX_REPEAT = 9
MAX_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Step:
    """Page `target`, `after_minutes` from the start of the loop; `user_id` only for the target `person`."""

    target: str
    after_minutes: int
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps, walked `repeat` times more with a pause between; behind the last loop stands the catch-all."""

    steps: tuple[Step, ...]
    repeat: int = 1
    pause_minutes: int = 5


@dataclass(frozen=True, slots=True)
class Position:
    """A step of a loop, both counted from 0."""

    loop: int
    step: int


DEFAULT = Plan(
    steps=(Step("primary", 0), Step("secondary", 5), Step("team", 10)),
    repeat=1,
    pause_minutes=5,
)
CATCH_ALL = Step("administrators", 0)
START = Position(0, 0)


def step_at(plan: Plan, position: Position) -> Step:
    """The step of a position; behind the last loop stands the catch-all."""
    return CATCH_ALL if position.loop > plan.repeat or not plan.steps else plan.steps[position.step]


def following(plan: Plan, position: Position) -> tuple[Position, timedelta] | None:
    """The next position and the wait before it; None after the catch-all, when everybody has been asked."""
    if position.loop > plan.repeat or not plan.steps:
        return None
    if position.step + 1 < len(plan.steps):
        wait = plan.steps[position.step + 1].after_minutes - plan.steps[position.step].after_minutes
        return Position(position.loop, position.step + 1), timedelta(minutes=max(wait, 0))
    first = plan.steps[0].after_minutes if position.loop < plan.repeat else 0
    return Position(position.loop + 1, 0), timedelta(minutes=plan.pause_minutes + first)


def first_wait(plan: Plan) -> timedelta:
    """How long the first step waits after the alert fired."""
    return timedelta(minutes=plan.steps[0].after_minutes if plan.steps else 0)


def to_snapshot(plan: Plan) -> dict[str, Any]:
    """The plan as JSON, to be kept with a run so that a later edit does not change it."""
    return asdict(plan) | {"steps": [asdict(step) for step in plan.steps]}


def from_snapshot(snapshot: Mapping[str, Any]) -> Plan:
    """The plan of a snapshot made by `to_snapshot`."""
    steps = tuple(Step(**step) for step in snapshot["steps"])
    return Plan(steps, repeat=snapshot["repeat"], pause_minutes=snapshot["pause_minutes"])


def problems(plan: Plan) -> list[str]:
    """Everything that keeps the plan from being saved, in words; empty when it is sound."""
    found = []
    if not 1 <= len(plan.steps) <= MAX_STEPS:
        found.append(f"Give 1 to {MAX_STEPS} steps.")
    if not 0 <= plan.repeat <= MAX_REPEAT:
        found.append(f"Repeat 0 to {MAX_REPEAT} times.")
    minutes = [step.after_minutes for step in plan.steps]
    if minutes != sorted(minutes):
        found.append("Each step must come at the same time as the one before it or later.")
    if any(not 0 <= value <= MAX_MINUTES for value in [*minutes, plan.pause_minutes]):
        found.append(f"Waits are 0 to {MAX_MINUTES} minutes.")
    return found + _target_problems(plan.steps)


def _target_problems(steps: Sequence[Step]) -> list[str]:
    found = [f"There is no target {step.target!r}." for step in steps if step.target not in TARGETS]
    if any(step.target == "person" and not step.user_id for step in steps):
        found.append("A step for one person needs the person.")
    return found
