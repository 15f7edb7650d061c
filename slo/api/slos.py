"""SLOs as an API resource."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.api.fields import RatioField, service_in_body
from slo.domain.rules import HOW_TO, LONGEST_KEY
from slo.domain.statuses import SloState
from slo.domain.windows import length_text
from slo.exceptions import SliNotFound
from slo.models import Sli, Slo, SloStatus
from slo.selectors import objectives as selectors
from slo.selectors import slo_lists
from slo.services import objectives
from slo.services import slis as sli_services


class StatusSerializer(StrictSerializer):
    """Where an SLO stands, for the window that ends at `window_end`."""

    state = serializers.ChoiceField(choices=[state.value for state in SloState])
    window_end = serializers.DateTimeField()
    good = serializers.IntegerField()
    total = serializers.IntegerField()
    sli_ratio = RatioField(source="ratio", allow_null=True)
    remaining_ratio = RatioField(allow_null=True)
    coverage_ratio = RatioField(allow_null=True)
    burn = serializers.SerializerMethodField(help_text="Burn rates by window; null without events.")
    exhausts_at = serializers.DateTimeField(allow_null=True)
    firing = serializers.ListField(child=serializers.CharField())
    held = serializers.DictField(child=serializers.CharField())

    @extend_schema_field(serializers.DictField(child=serializers.FloatField(allow_null=True)))
    def get_burn(self, status: SloStatus) -> dict[str, float | None]:
        burns = {length_text(timedelta(seconds=int(seconds))): burn for seconds, burn in status.burns.items()}
        return {window: None if burn is None else float(burn) for window, burn in burns.items()}


class SloSerializer(StrictSerializer):
    """An SLO. `sli` is the id of an SLI of the service; instead of it a new one may name a registered `source`."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    sli = serializers.CharField(source="sli.public_id", required=False)
    source = serializers.CharField(  # type: ignore[assignment]  # a field named as an attribute of Field
        write_only=True, required=False, help_text="Key of a registered source."
    )
    name = serializers.CharField(max_length=100)
    description = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    objective = RatioField(help_text="A ratio such as 0.999.")
    window_days = serializers.IntegerField(read_only=True)
    rules = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_KEY), required=False, max_length=20, help_text=HOW_TO
    )
    minimum_events = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    coverage_floor = RatioField(required=False)
    revision = serializers.IntegerField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    archived_at = serializers.DateTimeField(read_only=True, allow_null=True)
    status = serializers.SerializerMethodField()

    @extend_schema_field(StatusSerializer)
    def get_status(self, slo: Slo) -> Any:
        return StatusSerializer(slo.status).data


class SloQuerySerializer(serializers.Serializer[Slo]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in the name of the SLO or of its service.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    team = serializers.CharField(required=False, help_text="The slug of a team.")
    state = serializers.ChoiceField(choices=[state.value for state in SloState], required=False)


class SloViewSet(ApiViewSet):
    """The SLOs that the caller may see."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = SloSerializer

    @extend_schema(parameters=[SloQuerySerializer], responses=SloSerializer(many=True))
    def list(self, request: Request) -> Response:
        """SLOs that are not archived, the newest first."""
        query = SloQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        actor = actor_of(request)
        chosen = slo_lists.search(SloStatus.objects.visible_to(actor), text=wanted.pop("q", ""), **wanted)
        found = selectors.slos(actor).filter(pk__in=chosen.values("slo_id"))
        return self.get_paginated_response(SloSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Adds an SLO to a service whose team the caller manages."""
        actor, now = actor_of(request), timezone.now()
        facts = _valid(request)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        source = facts.pop("source", "")
        if source:
            sli = sli_services.ensure_source_sli(actor=actor, service=service, source=source, now=now)
        else:
            sli = _sli(request, facts)
        facts.pop("sli", None)
        slo = objectives.create_slo(actor=actor, service=service, sli=sli, facts=facts, now=now)
        return self.one(slo, SloSerializer(slo).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One SLO with its status."""
        slo = selectors.get_slo(actor_of(request), id)
        return self.one(slo, SloSerializer(slo).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes an SLO; a changed promise is a new revision."""
        actor = actor_of(request)
        slo = selectors.get_slo(actor, id)
        actor.require(Role.MANAGER, slo.service.team_id)
        facts = _valid(request, partial=True)
        if {"service", "source"} & set(facts):
            raise Invalid(fields={name: ["This does not change."] for name in {"service", "source"} & set(facts)})
        if "sli" in facts:
            facts["sli"] = _sli(request, facts)
        objectives.update_slo(
            actor=actor, slo=slo, facts=facts, now=timezone.now(), expected_version=expected_version(request)
        )
        return self.retrieve(request, id)

    def destroy(self, request: Request, id: str) -> Response:
        """Archives an SLO; repeating it changes nothing."""
        actor = actor_of(request)
        slo = selectors.get_slo(actor, id)
        actor.require(Role.MANAGER, slo.service.team_id)
        objectives.archive_slo(actor=actor, slo=slo, now=timezone.now())
        return Response(status=204)


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = SloSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _sli(request: Request, facts: dict[str, Any]) -> Sli:
    reference = facts.get("sli", {}).get("public_id")
    if reference is None:
        raise Invalid(fields={"sli": ["Give the id of an SLI, or a `source`."]})
    try:
        return selectors.get_sli(actor_of(request), reference)
    except SliNotFound as error:
        raise Invalid(fields={"sli": [error.detail]}) from error
