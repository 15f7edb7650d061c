"""The SLA beside an SLO, as a part of its resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import RatioField
from slo.domain.credits import MOST, Period
from slo.domain.windows import watermark
from slo.models import Sla, Slo
from slo.models.objectives import CALENDAR_UNITS
from slo.selectors import objectives
from slo.selectors import slas as selectors
from slo.services import slas


class CreditSerializer(StrictSerializer):
    """`percent` of the fee is owed for a period whose ratio is under `below`."""

    below = RatioField()
    percent = RatioField(help_text="0 to 100.")


class PeriodSerializer(StrictSerializer):
    """One calendar period; a ratio is null without events."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    is_current = serializers.BooleanField()
    good = serializers.IntegerField(source="counts.good")
    total = serializers.IntegerField(source="counts.total")
    sli_ratio = RatioField(source="ratio", allow_null=True)
    remaining_ratio = RatioField(allow_null=True)
    is_broken = serializers.BooleanField()
    credit_percent = RatioField(source="credit")


class SlaSerializer(StrictSerializer):
    """What customers were promised, and how the current period and the twelve before it went."""

    objective = RatioField(help_text="Looser than the objective of the SLO.")
    calendar_unit = serializers.ChoiceField(choices=CALENDAR_UNITS, required=False)
    zone = serializers.CharField(max_length=64, required=False)
    credits = serializers.ListField(child=CreditSerializer(), max_length=MOST, required=False)
    customers = serializers.CharField(max_length=200, required=False, allow_blank=True)
    contract_url = serializers.CharField(max_length=500, required=False, allow_blank=True)
    current = PeriodSerializer(read_only=True)
    history = PeriodSerializer(many=True, read_only=True)


class SlaViewSet(ApiViewSet):
    """The SLA of an SLO that the caller may see."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = SlaSerializer
    pagination_class = None

    def retrieve(self, request: Request, id: str) -> Response:
        """The SLA with its periods."""
        sla = selectors.get_sla(objectives.get_slo(actor_of(request), id))
        return self.one(sla, SlaSerializer(_shown(sla)).data)

    @extend_schema(responses={200: SlaSerializer, 201: SlaSerializer})
    def update(self, request: Request, id: str) -> Response:
        """Makes the SLA or replaces it; what is left out takes its default."""
        actor = actor_of(request)
        slo = objectives.get_slo(actor, id)
        actor.require(Role.MANAGER, slo.service.team_id)
        serializer = SlaSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        facts["credits"] = [{name: f"{value:f}" for name, value in step.items()} for step in facts.get("credits", [])]
        is_new = selectors.sla_of(slo) is None
        sla = slas.set_sla(
            actor=actor, slo=slo, facts=facts, now=timezone.now(), expected_version=expected_version(request)
        )
        return self.one(sla, SlaSerializer(_shown(sla)).data, status=201 if is_new else 200)

    def destroy(self, request: Request, id: str) -> Response:
        """Takes the SLA away; repeating it changes nothing."""
        actor = actor_of(request)
        slo = objectives.get_slo(actor, id)
        actor.require(Role.MANAGER, slo.service.team_id)
        slas.remove_sla(actor=actor, slo=slo, now=timezone.now())
        return Response(status=204)


def _shown(sla: Sla) -> dict[str, Any]:
    found: list[Period] = selectors.periods(sla, end=watermark(timezone.now()))
    promise = selectors.promise_of(sla)
    return slas.shown(sla) | {"credits": list(promise.credits), "current": found[0], "history": found[1:]}
