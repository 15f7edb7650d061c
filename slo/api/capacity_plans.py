"""Plans of capacity as API resources, with their steps and budgets."""

from datetime import UTC
from fractions import Fraction
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.api.forecasts import AmountField
from slo.exceptions import ResourceNotFound
from slo.models import CapacityPlan, PlanStep
from slo.models.capacity_plans import STATUSES
from slo.selectors import capacity
from slo.selectors import capacity_plans as selectors
from slo.services import capacity_plans, plan_steps


class PlanStepSerializer(StrictSerializer):
    """A step of a plan. `ordered` steps count for the forecast, `done` ones raise the limit of the resource."""

    id = serializers.CharField(source="public_id", read_only=True)
    what = serializers.CharField(max_length=200)
    due_on = serializers.DateField()
    cost = AmountField()
    adds = AmountField()
    ticket_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    owner = serializers.CharField(
        source="owner.public_id", required=False, allow_null=True, help_text="The id of a person of the team."
    )
    status = serializers.ChoiceField(choices=STATUSES, required=False)
    actual_cost = AmountField(required=False, allow_null=True)
    done_on = serializers.DateField(read_only=True, allow_null=True)


class QuarterSerializer(serializers.Serializer[Any]):
    """The money of one quarter."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field named as an attribute of Field
    budget = AmountField()
    planned = AmountField()
    paid = AmountField()
    left = AmountField()


class BudgetSerializer(StrictSerializer):
    """The money of one quarter to set; zero takes the quarter out."""

    year = serializers.IntegerField(min_value=2000, max_value=2199)
    quarter = serializers.IntegerField(min_value=1, max_value=4)
    amount = AmountField()


class CapacityPlanSerializer(StrictSerializer):
    """A plan. It keeps the forecast of the day it was made."""

    id = serializers.CharField(source="public_id", read_only=True)
    resource = serializers.CharField(source="resource.public_id", help_text="The id of the resource.")
    name = serializers.CharField(max_length=100)
    currency = serializers.CharField(max_length=3)
    notes = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    planned_on = serializers.DateField(read_only=True)
    archived_at = serializers.DateTimeField(read_only=True, allow_null=True)


class PlanReportSerializer(CapacityPlanSerializer):
    """A plan with its money, its steps, and the forecast of then against what came true."""

    steps = PlanStepSerializer(many=True)
    quarters = QuarterSerializer(many=True)
    runs_out_on = serializers.DateField(allow_null=True, help_text="If every open step comes on its day.")
    compared_days = serializers.IntegerField()
    error_ratio = serializers.FloatField(allow_null=True)
    bias_ratio = serializers.FloatField(allow_null=True)


class CapacityPlanViewSet(ApiViewSet):
    """The plans that the caller may see."""

    scope = "slos"
    queryset = CapacityPlan.objects.none()
    serializer_class = CapacityPlanSerializer

    @extend_schema(responses=CapacityPlanSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Plans that are not ended, the newest first."""
        found = self.paginate_queryset(selectors.plans(actor_of(request)))
        return self.get_paginated_response(CapacityPlanSerializer(found, many=True).data)

    def create(self, request: Request) -> Response:
        """Begins a plan with the forecast of today."""
        actor, facts = actor_of(request), _valid(CapacityPlanSerializer, request)
        try:
            resource = capacity.get_resource(actor, facts.pop("resource")["public_id"])
        except ResourceNotFound as error:
            raise Invalid(fields={"resource": [error.detail]}) from error
        actor.require(Role.MANAGER, resource.service.team_id)
        plan = capacity_plans.create_plan(actor=actor, resource=resource, now=timezone.now(), **facts)
        return Response(CapacityPlanSerializer(plan).data, status=201)

    @extend_schema(responses=PlanReportSerializer)
    def retrieve(self, request: Request, id: str) -> Response:
        """One plan with all that its page shows."""
        plan = selectors.get_plan(actor_of(request), id)
        return Response(_report(plan))

    def destroy(self, request: Request, id: str) -> Response:
        """Ends a plan; repeating it changes nothing."""
        actor = actor_of(request)
        capacity_plans.archive_plan(actor=actor, plan=_managed(actor, id), now=timezone.now())
        return Response(status=204)

    @extend_schema(request=BudgetSerializer, responses=PlanReportSerializer)
    def budget(self, request: Request, id: str) -> Response:
        """Sets the money of one quarter."""
        actor = actor_of(request)
        plan = _managed(actor, id)
        data = _valid(BudgetSerializer, request)
        quarter = (data["year"], data["quarter"])
        capacity_plans.set_budget(actor=actor, plan=plan, quarter=quarter, amount=data["amount"], now=timezone.now())
        return Response(_report(plan))


class PlanStepViewSet(ApiViewSet):
    """The steps of plans."""

    scope = "slos"
    queryset = PlanStep.objects.none()
    serializer_class = PlanStepSerializer

    def create(self, request: Request, id: str) -> Response:
        """Adds a step to a plan."""
        actor = actor_of(request)
        plan = _managed(actor, id)
        facts = _with_owner(_valid(PlanStepSerializer, request), plan)
        step = plan_steps.add_step(actor=actor, plan=plan, facts=facts, now=timezone.now())
        return Response(PlanStepSerializer(step).data, status=201)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes a step; a done one raises the limit of the resource."""
        actor = actor_of(request)
        step = selectors.get_step(actor, id)
        actor.require(Role.MANAGER, step.plan.resource.service.team_id)
        facts = _with_owner(_valid(PlanStepSerializer, request, partial=True), step.plan)
        changed = plan_steps.update_step(actor=actor, step=step, facts=facts, now=timezone.now())
        return Response(PlanStepSerializer(changed).data)


def _managed(actor: Actor, public_id: str) -> CapacityPlan:
    plan = selectors.get_plan(actor, public_id)
    actor.require(Role.MANAGER, plan.resource.service.team_id)
    return plan


def _valid(kind: type[StrictSerializer], request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = kind(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _with_owner(facts: dict[str, Any], plan: CapacityPlan) -> dict[str, Any]:
    """The facts with the person that the id names; Invalid where they are not of the team."""
    if "owner" not in facts:
        return facts
    reference = facts["owner"] and facts["owner"]["public_id"]
    members = people.team_members(plan.resource.service.team_id)
    owner = members.filter(public_id=reference).first() if reference else None
    if reference and owner is None:
        raise Invalid(fields={"owner": ["The team has no such person."]})
    return facts | {"owner": owner}


def _report(plan: CapacityPlan) -> Any:
    found = selectors.view(plan, today=timezone.now().astimezone(UTC).date())
    return CapacityPlanSerializer(plan).data | {
        "steps": PlanStepSerializer(found.steps, many=True).data,
        "quarters": QuarterSerializer(found.lines, many=True).data,
        "runs_out_on": found.crossing.likely.isoformat() if found.crossing else None,
        "compared_days": found.comparison.n,
        "error_ratio": _float(found.comparison.error_ratio),
        "bias_ratio": _float(found.comparison.bias_ratio),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
