"""Escalation policies as an API resource."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import person
from oncall.domain import escalation
from oncall.domain.escalation import MAX_MINUTES, MAX_REPEAT, MAX_STEPS, TARGETS
from oncall.models import EscalationPolicy
from oncall.selectors import doors
from oncall.services import policies
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class StepSerializer(StrictSerializer):
    """Page a target some minutes after the start of a round; `user` only for the target `person`."""

    target = serializers.ChoiceField(choices=list(TARGETS))
    after_minutes = serializers.IntegerField(min_value=0, max_value=MAX_MINUTES)
    user = serializers.CharField(required=False, allow_null=True, default=None, help_text="Id or mail address.")


class PolicySerializer(StrictSerializer):
    """Who is paged when for a team's critical alerts. Behind the last round the administrators are always paged."""

    id = serializers.CharField(read_only=True)
    team = serializers.CharField(read_only=True)
    name = serializers.CharField(max_length=80)
    steps = StepSerializer(many=True)
    repeat = serializers.IntegerField(min_value=0, max_value=MAX_REPEAT)
    pause_minutes = serializers.IntegerField(min_value=0, max_value=MAX_MINUTES)
    repage_acknowledged = serializers.BooleanField()
    is_automatic = serializers.BooleanField(read_only=True)

    def validate_steps(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not 1 <= len(value) <= MAX_STEPS:
            raise serializers.ValidationError(f"Give 1 to {MAX_STEPS} steps.")
        return value


class PolicyViewSet(ApiViewSet):
    """The policies that the caller may see; a team gets its first one by itself."""

    scope = "oncall"
    queryset = EscalationPolicy.objects.none()
    serializer_class = PolicySerializer

    def list(self, request: Request) -> Response:
        """Policies, the newest first."""
        found = self.paginate_queryset(doors.policies(actor_of(request)))
        return self.get_paginated_response([_shown(policy) for policy in found or []])

    def retrieve(self, request: Request, id: str) -> Response:
        """One policy."""
        policy = doors.get_policy(actor_of(request), id)
        return self.one(policy, _shown(policy))

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes the policy for alerts that fire from now on."""
        actor = actor_of(request)
        policy = doors.get_policy(actor, id)
        actor.require(Role.MANAGER, policy.team_id)
        serializer = PolicySerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = policies.save_policy(
            actor=actor,
            team_id=policy.team_id,
            fields=_fields(policy, dict(serializer.validated_data)),
            expected_version=expected_version(request),
            now=timezone.now(),
        )
        return self.one(changed, _shown(changed))


def _fields(policy: EscalationPolicy, given: dict[str, Any]) -> policies.PolicyFields:
    plan = escalation.from_snapshot(policy.plan)
    steps = tuple(_step(step) for step in given["steps"]) if "steps" in given else plan.steps
    return policies.PolicyFields(
        name=given.get("name", policy.name),
        plan=escalation.Plan(steps, given.get("repeat", plan.repeat), given.get("pause_minutes", plan.pause_minutes)),
        repage_acknowledged=given.get("repage_acknowledged", policy.repage_acknowledged),
    )


def _step(said: dict[str, Any]) -> escalation.Step:
    reference = said.get("user")
    user_id = person(reference, "steps").pk if reference and said["target"] == "person" else None
    return escalation.Step(said["target"], said["after_minutes"], user_id)


def _shown(policy: EscalationPolicy) -> dict[str, Any]:
    plan = escalation.from_snapshot(policy.plan)
    users = people.users_by_id(step.user_id for step in plan.steps if step.user_id)
    steps = [
        {
            "target": step.target,
            "after_minutes": step.after_minutes,
            "user": users[step.user_id].public_id if step.user_id in users else None,
        }
        for step in plan.steps
    ]
    return {
        "id": policy.public_id,
        "team": policy.team.slug,
        "name": policy.name,
        "steps": steps,
        "repeat": plan.repeat,
        "pause_minutes": plan.pause_minutes,
        "repage_acknowledged": policy.repage_acknowledged,
        "is_automatic": policy.is_automatic,
    }
