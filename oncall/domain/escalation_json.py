"""Plans and programs as JSON, as policies and runs keep them; the first form of both is still read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import time
from typing import Any

from oncall.domain import escalation
from oncall.domain.escalation import Notify, Plan, RepeatFrom, Step, Steps, Target, Wait
from oncall.domain.escalation_walk import Position

FORMAT = 2
KINDS: dict[str, type[Any]] = {
    kind.kind: kind
    for kind in (
        escalation.Notify,
        escalation.Wait,
        escalation.IfHours,
        escalation.IfSeverity,
        escalation.RepeatFrom,
        escalation.Jump,
        escalation.Resolve,
        escalation.Goto,
    )
}


def to_snapshot(plan: Plan) -> dict[str, Any]:
    """The plan as JSON."""
    return {"format": FORMAT, "steps": [step_to_json(step) for step in plan.steps]}


def from_snapshot(snapshot: Mapping[str, Any]) -> Plan:
    """The plan of a snapshot, whichever form it has."""
    if snapshot.get("format") == FORMAT:
        return Plan(tuple(step_from_json(said) for said in snapshot["steps"]))
    return Plan(_of_first_form(snapshot)[0])


def program_to_json(steps: Steps, position: Position, *, is_paused: bool = False) -> dict[str, Any]:
    """What a run keeps: its steps and how far its repeats have come."""
    taken = {str(index): count for index, count in position.taken}
    return to_snapshot(Plan(steps)) | {"taken": taken, "is_paused": is_paused}


def program_from_json(snapshot: Mapping[str, Any], *, loop: int, step: int) -> tuple[Steps, Position]:
    """The steps of a run and where it stands; a run of the first form stands at the same step of the new one."""
    if snapshot.get("format") == FORMAT:
        taken = tuple(sorted((int(index), int(count)) for index, count in snapshot.get("taken", {}).items()))
        return from_snapshot(snapshot).steps, Position(loop, step, taken)
    steps, places = _of_first_form(snapshot)
    if loop > snapshot["repeat"] or not places:
        return steps, Position(loop, len(steps))
    repeats = len(steps) - 1
    return steps, Position(loop, places[step], ((repeats, loop),) if loop else ())


def step_to_json(step: Step) -> dict[str, Any]:
    """A step with its kind; empty parts of targets are left out."""
    said: dict[str, Any] = {"kind": step.kind}
    for field in fields(step):
        value = getattr(step, field.name)
        if field.name == "targets":
            said["targets"] = [{name: part for name, part in asdict(one).items() if part} for one in value]
        else:
            said[field.name] = value.strftime("%H:%M") if isinstance(value, time) else _listed(value)
    return said


def step_from_json(said: Mapping[str, Any]) -> Step:
    """What `step_to_json` was given."""
    given = {name: value for name, value in said.items() if name != "kind"}
    if "targets" in given:
        given["targets"] = tuple(Target(**one) for one in given["targets"])
    for name in ("weekdays", "severities"):
        if name in given:
            given[name] = tuple(given[name])
    for name in ("starts", "ends"):
        if name in given:
            given[name] = time.fromisoformat(given[name])
    step: Step = KINDS[said["kind"]](**given)
    return step


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _of_first_form(snapshot: Mapping[str, Any]) -> tuple[Steps, list[int]]:
    """Its minutes counted from the start of a round. The steps, and the place of each step of then."""
    steps: list[Step] = []
    places: list[int] = []
    passed = 0
    old: Sequence[Mapping[str, Any]] = snapshot["steps"]
    for one in old:
        _wait(steps, one["after_minutes"] - passed)
        passed = max(passed, one["after_minutes"])
        places.append(len(steps))
        steps.append(Notify((Target(one["target"], one.get("user_id")),)))
    if old:
        _wait(steps, snapshot["pause_minutes"])
    if old and snapshot["repeat"]:
        steps.append(RepeatFrom(0, snapshot["repeat"]))
    return tuple(steps), places


def _wait(steps: list[Step], minutes: int) -> None:
    if minutes > 0:
        steps.append(Wait(minutes))
