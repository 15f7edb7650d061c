"""The gate's answer for programs that release, what it answered before, and overrides."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import RatioField, service_in_path
from slo.domain.gate_facts import Asked, Gate
from slo.domain.policies import Kind
from slo.models import GateEvaluation, GateOverride, Slo
from slo.models.gates import VERDICTS
from slo.models.releases import PRODUCTION
from slo.selectors import gates as selectors
from slo.services import gates

REFUSED = 409


class GateQuerySerializer(StrictSerializer):
    """What somebody wants to release."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind], default=Kind.NORMAL.value)
    environment = serializers.CharField(max_length=40, default=PRODUCTION)
    version = serializers.CharField(max_length=100, default="", allow_blank=True)
    approver = serializers.CharField(
        max_length=160, default="", allow_blank=True, help_text="Mail address of the second person who looked at it."
    )
    dry_run = serializers.BooleanField(default=False, help_text="Only a trial: kept apart from real evaluations.")
    refuse = serializers.BooleanField(default=False, help_text="Answer 409 instead of 200 when the verdict is deny.")


class GateBudgetSerializer(StrictSerializer):
    """One SLO as the gate saw it."""

    slo = serializers.CharField(source="slo_id")
    name = serializers.CharField()
    objective = RatioField()
    state = serializers.CharField()
    good = serializers.IntegerField()
    total = serializers.IntegerField()
    remaining_ratio = RatioField(allow_null=True)
    coverage_ratio = RatioField(allow_null=True)
    burn_rates = serializers.DictField(source="burns", help_text="By the window's length in seconds.")
    firing = serializers.ListField(child=serializers.CharField())
    exhausts_at = serializers.DateTimeField(allow_null=True)
    measured_until = serializers.DateTimeField(source="window_end", allow_null=True)


class GateStepSerializer(StrictSerializer):
    """The step of the error-budget policy that is reached."""

    at = RatioField(help_text="The share of the budget that is spent where it begins.")
    demand = serializers.CharField(source="demand.value")
    words = serializers.CharField()


class GateWindowSerializer(StrictSerializer):
    """The release window now."""

    is_open = serializers.BooleanField()
    why = serializers.CharField()
    changes_at = serializers.DateTimeField(allow_null=True)


class OpenOverrideSerializer(StrictSerializer):
    """The override that is open."""

    id = serializers.CharField(source="override_id")
    author = serializers.CharField()
    reason = serializers.CharField()
    expires_at = serializers.DateTimeField()


class GateSerializer(StrictSerializer):
    """Whether a release may start, why not, and the evidence."""

    allowed = serializers.BooleanField()
    verdict = serializers.ChoiceField(choices=VERDICTS, source="verdict.value")
    reasons = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(child=serializers.CharField())
    step = GateStepSerializer(allow_null=True)
    window = GateWindowSerializer(source="facts.window", allow_null=True)
    override = OpenOverrideSerializer(source="facts.override", allow_null=True)
    budgets = GateBudgetSerializer(many=True)
    evaluation = serializers.SerializerMethodField(help_text="The id under which this answer is kept.")

    @extend_schema_field(serializers.CharField())
    def get_evaluation(self, gate: Gate) -> Any:
        return self.context["evaluation"]


class EvaluationSerializer(StrictSerializer):
    """One answer of the gate, as it was given."""

    id = serializers.CharField(source="public_id")
    at = serializers.DateTimeField()
    verdict = serializers.ChoiceField(choices=VERDICTS)
    is_dry_run = serializers.BooleanField()
    kind = serializers.CharField()
    environment = serializers.CharField()
    version = serializers.CharField()
    approver = serializers.CharField()
    actor = serializers.CharField()
    policy = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    evidence = serializers.DictField()


class GateOverrideSerializer(StrictSerializer):
    """An override of the gate."""

    id = serializers.CharField(source="public_id", read_only=True)
    reason = serializers.CharField(max_length=500)
    version = serializers.CharField(max_length=100, required=False, allow_blank=True, help_text="Empty: any version.")
    environment = serializers.CharField(max_length=40, required=False)
    expires_at = serializers.DateTimeField()
    author = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    revoked_at = serializers.DateTimeField(read_only=True, allow_null=True)
    revoked_by = serializers.CharField(read_only=True)


class GateViewSet(ApiViewSet):
    """The gate of one service."""

    scope = "releases"
    queryset = Slo.objects.none()
    serializer_class = GateSerializer
    pagination_class = None

    @extend_schema(parameters=[GateQuerySerializer], responses={200: GateSerializer, 409: GateSerializer})
    def show(self, request: Request, id: str) -> Response:
        """May the service release now? `id` is the id or the slug of a service. Each answer is kept."""
        actor = actor_of(request)
        service = service_in_path(actor, id)
        query = GateQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        dry, refuse = wanted.pop("dry_run"), wanted.pop("refuse")
        asked = Asked(**{**wanted, "kind": Kind(wanted["kind"])})
        gate, kept = gates.evaluate(actor=actor, service=service, asked=asked, now=timezone.now(), is_dry_run=dry)
        body = GateSerializer(gate, context={"evaluation": kept.public_id}).data
        return Response(body, status=REFUSED if refuse and not gate.allowed else 200)


class EvaluationViewSet(ApiViewSet):
    """What the gate answered before."""

    scope = "releases"
    queryset = GateEvaluation.objects.none()
    serializer_class = EvaluationSerializer

    def list(self, request: Request, id: str) -> Response:
        """The answers that the gate of a service gave, the latest first."""
        actor = actor_of(request)
        found = selectors.evaluations(actor).filter(service=service_in_path(actor, id))
        return self.get_paginated_response(EvaluationSerializer(self.paginate_queryset(found), many=True).data)


class OverrideViewSet(ApiViewSet):
    """Overrides of the gate: made and revoked by managers."""

    scope = "releases"
    queryset = GateOverride.objects.none()
    serializer_class = GateOverrideSerializer

    def list(self, request: Request, id: str) -> Response:
        """The overrides of a service, the latest first."""
        actor = actor_of(request)
        found = selectors.overrides(actor).filter(service=service_in_path(actor, id))
        return self.get_paginated_response(GateOverrideSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request, id: str) -> Response:
        """Opens the gate until `expires_at`; it owes a postmortem."""
        actor = actor_of(request)
        service = service_in_path(actor, id)
        actor.require(Role.MANAGER, service.team_id)
        serializer = GateOverrideSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        row = gates.override_gate(actor=actor, service=service, now=timezone.now(), **serializer.validated_data)
        return Response(GateOverrideSerializer(row).data, status=201)

    def destroy(self, request: Request, id: str) -> Response:
        """Ends an override now; repeating it changes nothing."""
        actor = actor_of(request)
        override = selectors.get_override(actor, id)
        actor.require(Role.MANAGER, override.service.team_id)
        gates.revoke_override(actor=actor, override=override, now=timezone.now())
        return Response(status=204)
