"""The steps of policies as the API says them: ids instead of keys, days by name, steps counted from 1."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from rest_framework import serializers

from oncall.domain.alert_states import SEVERITIES
from oncall.domain.escalation import (
    MAX_MINUTES,
    MAX_REPEAT,
    MAX_STEPS,
    MAX_TARGETS,
    TARGETS,
    IfHours,
    IfSeverity,
    Jump,
    Notify,
    Plan,
    RepeatFrom,
    Resolve,
    Step,
    Target,
    Wait,
)
from oncall.domain.escalation_checks import ROLES
from oncall.domain.escalation_programs import OF_A_TEAM
from oncall.selectors.step_refs import Named, References
from portal.lib.api.serializers import StrictSerializer
from portal.lib.errors import Invalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NEEDED: dict[str, tuple[str, ...]] = {
    "notify": ("targets",),
    "wait": ("minutes",),
    "if_hours": ("weekdays", "from", "to", "time_zone"),
    "if_severity": ("severities",),
    "repeat_from": ("from_step", "times"),
    "jump": ("policy",),
    "resolve": (),
}
KINDS = tuple(NEEDED)
COVERING = ("if_hours", "if_severity")
OF_THINGS = ("person", "point", "schedule", "round_robin")
CALLED = {("if_hours", "zone"): "time_zone", ("if_hours", "ends"): "to", ("repeat_from", "to"): "from_step"}


class TargetSerializer(StrictSerializer):
    """Who is asked: `id` of a person (or the mail), schedule or contact point; `team` is the slug of another team."""

    kind = serializers.ChoiceField(choices=list(TARGETS))
    id = serializers.CharField(required=False, allow_null=True, max_length=254)
    role = serializers.ChoiceField(choices=list(ROLES), required=False, allow_null=True)
    team = serializers.CharField(required=False, allow_null=True, max_length=80)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nothing is silently left out: each part must mean something for the kind."""
        kind, team = attrs["kind"], attrs.get("team")
        wrong = {
            "id": attrs.get("id") and kind not in OF_THINGS,
            "role": attrs.get("role") and kind != "schedule",
            "team": team and kind not in OF_A_TEAM,
        }
        found = {name: [f"A target {kind!r} takes none."] for name, is_wrong in wrong.items() if is_wrong}
        if found:
            raise serializers.ValidationError(found)
        return attrs


class StepSerializer(StrictSerializer):
    """One step. `targets` of notify; `minutes` of wait; `weekdays`, `from`, `to`, `time_zone` and `covers` of if_hours.

    `severities` and `covers` of if_severity; `from_step` (from 1) and `times` (null is for ever) of repeat_from;
    `policy` of jump.
    """

    kind = serializers.ChoiceField(choices=list(KINDS))
    targets = TargetSerializer(many=True, required=False)
    minutes = serializers.IntegerField(min_value=1, max_value=MAX_MINUTES, required=False)
    weekdays = serializers.ListField(child=serializers.ChoiceField(choices=list(DAYS)), required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    covers = serializers.IntegerField(min_value=1, max_value=MAX_STEPS, required=False)
    severities = serializers.ListField(child=serializers.ChoiceField(choices=list(SEVERITIES)), required=False)
    from_step = serializers.IntegerField(min_value=1, max_value=MAX_STEPS, required=False)
    times = serializers.IntegerField(min_value=1, max_value=MAX_REPEAT, required=False, allow_null=True)
    policy = serializers.CharField(max_length=80, required=False)

    def get_fields(self) -> dict[str, Any]:
        clock: dict[str, Any] = {"format": "%H:%M", "required": False}
        return super().get_fields() | {"from": serializers.TimeField(**clock), "to": serializers.TimeField(**clock)}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the kind needs is there, and nothing else."""
        kind = attrs["kind"]
        known = {"kind", *NEEDED[kind], *(("covers",) if kind in COVERING else ())}
        found = {name: [f"A step {kind!r} needs it."] for name in NEEDED[kind] if name not in attrs}
        found |= {name: [f"A step {kind!r} has no such field."] for name in attrs if name not in known}
        if found:
            raise serializers.ValidationError(found)
        return attrs

    def validate_targets(self, value: list[Any]) -> list[Any]:
        if len(value) > MAX_TARGETS:
            raise serializers.ValidationError(f"Give at most {MAX_TARGETS} targets.")
        return value


def plan_of(said: list[dict[str, Any]], refs: References) -> Plan:
    """The plan; Invalid names each reference that leads nowhere and each field that is missing."""
    found: dict[str, list[str]] = {}
    steps: list[Step] = []
    for index, one in enumerate(said):
        try:
            steps.append(BUILDERS[one["kind"]](one, refs))
        except KeyError as error:
            found[f"steps.{index}.{error.args[0]}"] = [f"A step {one['kind']!r} needs it."]
        except Invalid as error:
            field = {"notify": "targets", "jump": "policy"}[one["kind"]]
            found[f"steps.{index}.{field}"] = [error.detail]
    if found:
        raise Invalid(fields=found)
    return Plan(tuple(steps))


def path(said: str, plan: Plan) -> str:
    """The path of a problem in the words of the API."""
    parts = said.split(".")
    if len(parts) == 3:
        parts[2] = CALLED.get((plan.steps[int(parts[1])].kind, parts[2]), parts[2])
    return ".".join(parts)


def shown(plan: Plan, names: Named) -> list[dict[str, Any]]:
    """The steps as they are sent; what is gone has no id any more."""
    return [{"kind": step.kind, **_shown_step(step, names)} for step in plan.steps]


def _notify(said: Mapping[str, Any], refs: References) -> Step:
    return Notify(tuple(_target(one, refs) for one in said["targets"]))


def _target(said: Mapping[str, Any], refs: References) -> Target:
    kind, reference, team = said["kind"], said.get("id"), said.get("team")
    find = {"person": refs.person, "point": refs.point, "schedule": refs.schedule, "round_robin": refs.schedule}
    key = find[kind](reference) if kind in find and reference else None
    role = (said.get("role") or "primary") if kind == "schedule" else ""
    return Target(kind, key, role, refs.team(team) if team else None)


def _hours(said: Mapping[str, Any], _: References) -> Step:
    days = tuple(sorted({DAYS.index(day) for day in said["weekdays"]}))
    return IfHours(days, said["from"], said["to"], said["time_zone"], said.get("covers", 1))


BUILDERS: dict[str, Callable[[Mapping[str, Any], References], Step]] = {
    "notify": _notify,
    "wait": lambda said, _: Wait(said["minutes"]),
    "if_hours": _hours,
    "if_severity": lambda said, _: IfSeverity(tuple(said["severities"]), said.get("covers", 1)),
    "repeat_from": lambda said, _: RepeatFrom(said["from_step"] - 1, said["times"]),
    "jump": lambda said, refs: Jump(refs.policy(said["policy"])),
    "resolve": lambda _said, _: Resolve(),
}


def _shown_step(step: Step, names: Named) -> dict[str, Any]:
    match step:
        case Notify():
            return {"targets": [_shown_target(one, names) for one in step.targets]}
        case Wait():
            return {"minutes": step.minutes}
        case IfHours():
            hours = {"from": _clock(step.starts), "to": _clock(step.ends), "time_zone": step.zone}
            return {"weekdays": [DAYS[day] for day in step.weekdays], **hours, "covers": step.covers}
        case IfSeverity():
            return {"severities": list(step.severities), "covers": step.covers}
        case RepeatFrom():
            return {"from_step": step.to + 1, "times": step.times}
        case Jump():
            policy = names.policies.get(step.policy_id)
            return {"policy": policy.public_id if policy else None}
    return {}


def _shown_target(target: Target, names: Named) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": target.kind}
    held: dict[str, Mapping[int, Any]] = {"person": names.people, "point": names.points}
    if target.id is not None:
        thing = held.get(target.kind, names.schedules).get(target.id)
        said["id"] = thing.public_id if thing else None
    if target.role:
        said["role"] = target.role
    if target.team_id is not None:
        team = names.teams.get(target.team_id)
        said["team"] = team.slug if team else None
    return said


def _clock(at: time) -> str:
    return at.strftime("%H:%M")
