"""Escalation policies as an API resource."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api import policy_steps
from oncall.api.policy_steps import StepSerializer
from oncall.domain import escalation, escalation_json, timelines
from oncall.domain.alert_states import SEVERITIES
from oncall.exceptions import PlanInvalid
from oncall.models import EscalationPolicy
from oncall.selectors import doors, foretelling, step_refs
from oncall.selectors.step_refs import References
from oncall.services import policies
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, NotFound

MOST_SERVICES = 500


class PolicySerializer(StrictSerializer):
    """Who is paged when for which classes of a team's alerts. Behind the last step the administrators are paged."""

    id = serializers.CharField(read_only=True)
    team = serializers.CharField(max_length=80)
    name = serializers.CharField(max_length=80)
    steps = StepSerializer(many=True)
    severities = serializers.ListField(
        child=serializers.ChoiceField(choices=list(SEVERITIES)), default=["critical"], min_length=1
    )
    services = serializers.ListField(
        child=serializers.CharField(max_length=120),
        required=False,
        max_length=MOST_SERVICES,
        help_text="Slugs of the services that it serves.",
    )
    is_default = serializers.BooleanField(default=False)
    repage_acknowledged = serializers.BooleanField(default=False)
    is_automatic = serializers.BooleanField(read_only=True)


class PolicyChangeSerializer(PolicySerializer):
    """What may change; the team stays."""

    team = serializers.CharField(read_only=True)


class PolicyQuestionSerializer(StrictSerializer):
    """When an alert of which class fires; `service` (its slug) asks about the service's own team and policy."""

    at = serializers.DateTimeField(required=False)
    severity = serializers.ChoiceField(choices=list(SEVERITIES), default="critical")
    service = serializers.CharField(max_length=120, required=False, allow_null=True)

    def validate_at(self, value: datetime) -> datetime:
        if not timelines.in_reach(value):
            raise serializers.ValidationError("Choose an instant nearer to now.")
        return value


class PersonPagedSerializer(StrictSerializer):
    """One message that would go out."""

    to = serializers.CharField()
    channel = serializers.CharField()
    at = serializers.DateTimeField()
    is_copy = serializers.BooleanField()
    problem = serializers.CharField(help_text="Why this way failed last; empty where it works.")


class AskSerializer(StrictSerializer):
    """A step that asks; nobody means that the next are asked at once. `step` counts from 1 along the walk's steps."""

    at = serializers.DateTimeField()
    offset_seconds = serializers.IntegerField()
    round = serializers.IntegerField()
    step = serializers.IntegerField()
    target = serializers.CharField()
    people = serializers.ListField(child=serializers.CharField())
    pages = PersonPagedSerializer(many=True)


class ForetoldSerializer(StrictSerializer):
    """`ending` is `end` (everybody was asked), `resolve`, or `goes on`; `walks` is whether it pages for the class."""

    policy = serializers.CharField()
    walks = serializers.BooleanField()
    asks = AskSerializer(many=True)
    ending = serializers.CharField()


class PolicyViewSet(ApiViewSet):
    """The policies that the caller may see; a team gets its first one by itself."""

    scope = "oncall"
    queryset = EscalationPolicy.objects.none()
    serializer_class = PolicySerializer

    def list(self, request: Request) -> Response:
        """Policies in service, the newest first."""
        found = self.paginate_queryset(doors.policies(actor_of(request)))
        return self.get_paginated_response([_shown(policy) for policy in found or []])

    def create(self, request: Request) -> Response:
        """One more policy of a team."""
        actor = actor_of(request)
        serializer = PolicySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = dict(serializer.validated_data)
        team, plan, service_ids = _all(
            lambda: _team(actor, said["team"]),
            lambda: policy_steps.plan_of(said["steps"], References(actor)),
            lambda: _service_ids(actor, said),
        )
        actor.require(Role.MANAGER, team.pk)
        with _in_words_of_the_api(plan):
            fields = _fields(said, plan, service_ids)
            policy = policies.create_policy(actor=actor, team_id=team.pk, fields=fields, now=timezone.now())
        return self.one(policy, _shown(policy), status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One policy."""
        policy = doors.get_policy(actor_of(request), id)
        return self.one(policy, _shown(policy))

    @extend_schema(request=PolicyChangeSerializer, responses=PolicySerializer)
    def partial_update(self, request: Request, id: str) -> Response:
        """Changes the policy for alerts that fire from now on."""
        actor = actor_of(request)
        policy = doors.get_policy(actor, id)
        actor.require(Role.MANAGER, policy.team_id)
        serializer = PolicyChangeSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        said = _as_it_is(policy) | dict(serializer.validated_data)
        stored = escalation_json.from_snapshot(policy.plan)
        plan, service_ids = _all(
            lambda: policy_steps.plan_of(said["steps"], References(actor)) if "steps" in said else stored,
            lambda: _service_ids(actor, said),
        )
        with _in_words_of_the_api(plan):
            changed = policies.change_policy(
                actor=actor,
                policy=policy,
                fields=_fields(said, plan, service_ids),
                expected_version=expected_version(request),
                now=timezone.now(),
            )
        return self.one(changed, _shown(changed))

    def destroy(self, request: Request, id: str) -> Response:
        """Archives the policy; running escalations go on with what they began with."""
        actor = actor_of(request)
        policy = doors.get_policy(actor, id)
        actor.require(Role.MANAGER, policy.team_id)
        policies.archive_policy(actor=actor, policy=policy, now=timezone.now())
        return Response(status=204)

    @extend_schema(request=PolicyQuestionSerializer, responses=ForetoldSerializer)
    def preview(self, request: Request, id: str) -> Response:
        """If an alert fired then, who is paged when, by the code that pages; nothing is saved and nobody paged."""
        actor = actor_of(request)
        policy = doors.get_policy(actor, id)
        serializer = PolicyQuestionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = serializer.validated_data
        at, severity = said.get("at") or timezone.now(), said["severity"]
        team_id = policy.team_id
        if said.get("service"):
            team_id = _service(actor, said["service"], "service").team_id
        foretold = foretelling.of_policy(policy, at=at, severity=severity, team_id=team_id)
        asks = [_shown_ask(ask, at, severity) for ask in foretold.asks]
        walks = severity in policy.severities
        answer = {"policy": policy.public_id, "walks": walks, "asks": asks, "ending": foretold.ending}
        return Response(ForetoldSerializer(answer).data)


def _as_it_is(policy: EscalationPolicy) -> dict[str, Any]:
    names = ("name", "severities", "is_default", "repage_acknowledged")
    return {name: getattr(policy, name) for name in names}


def _fields(said: dict[str, Any], plan: escalation.Plan, service_ids: list[int] | None) -> policies.PolicyFields:
    names = ("name", "repage_acknowledged", "severities", "is_default")
    return policies.PolicyFields(plan=plan, service_ids=service_ids, **{name: said[name] for name in names})


def _all(*calls: Callable[[], Any]) -> list[Any]:
    """What they return; Invalid with all that any of them found wrong."""
    found, wrong = list[Any](), dict[str, list[str]]()
    for call in calls:
        try:
            found.append(call())
        except Invalid as error:
            wrong |= error.fields
    if wrong:
        raise Invalid(fields=wrong)
    return found


@contextmanager
def _in_words_of_the_api(plan: escalation.Plan) -> Iterator[None]:
    try:
        yield
    except PlanInvalid as error:
        fields = {policy_steps.path(name, plan): texts for name, texts in error.fields.items()}
        raise PlanInvalid(fields=fields) from error


def _team(actor: Actor, said: str) -> Any:
    try:
        return people.team_by_reference(actor, said)
    except NotFound as error:
        raise Invalid(fields={"team": [f"There is no team {said}."]}) from error


def _service_ids(actor: Actor, said: dict[str, Any]) -> list[int] | None:
    served = said.get("services")
    return None if served is None else [_service(actor, slug, "services").pk for slug in served]


def _service(actor: Actor, slug: str, field: str) -> Any:
    try:
        return catalog.get_service(actor, slug)
    except NotFound as error:
        raise Invalid(fields={field: [f"There is no service {slug}."]}) from error


def _shown(policy: EscalationPolicy) -> dict[str, Any]:
    plan = escalation_json.from_snapshot(policy.plan)
    return {
        "id": policy.public_id,
        "team": policy.team.slug,
        "name": policy.name,
        "steps": policy_steps.shown(plan, step_refs.named([plan])),
        "severities": policy.severities,
        "services": sorted(link.service.slug for link in policy.services.all()),
        "is_default": policy.is_default,
        "repage_acknowledged": policy.repage_acknowledged,
        "is_automatic": policy.is_automatic,
    }


def _shown_ask(ask: foretelling.Ask, start: Any, severity: str) -> dict[str, Any]:
    return {
        "at": ask.at,
        "offset_seconds": round((ask.at - start).total_seconds()),
        "round": ask.loop,
        "step": ask.step + 1,
        "target": ask.target,
        "people": [str(one) for one in (*ask.asked.people, *ask.asked.points)],
        "pages": foretelling.ways(ask, severity),
    }
