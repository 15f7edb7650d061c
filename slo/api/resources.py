"""Resources as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.api.fields import RatioField, service_in_body
from slo.api.forecasts import AmountField
from slo.domain.capacity.forecasts import State
from slo.models import Resource
from slo.models.capacity import AGGREGATIONS, LONGEST_FIT, LONGEST_LEAD, SHORTEST_FIT, SOURCES, WARN_ON
from slo.selectors import capacity as selectors
from slo.services import resources


class ResourceSerializer(StrictSerializer):
    """Something with a limit. `settings` names a `probe`, or a Prometheus `server` and `query`, as `source` asks."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    name = serializers.CharField(max_length=100)
    description = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=30)
    limit = AmountField()
    lead_time_days = serializers.IntegerField(min_value=0, max_value=LONGEST_LEAD, required=False)
    unit_cost = AmountField(required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False, allow_blank=True)
    aggregation = serializers.ChoiceField(choices=AGGREGATIONS, required=False)
    fit_days = serializers.IntegerField(min_value=SHORTEST_FIT, max_value=LONGEST_FIT, required=False)
    warn_on = serializers.ChoiceField(choices=WARN_ON, required=False)
    headroom_ratio = RatioField(min_value=0, max_value=5, required=False)
    instances = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False, allow_null=True)
    source = serializers.ChoiceField(choices=SOURCES, required=False)  # type: ignore[assignment]  # a field of this name
    settings = serializers.DictField(child=serializers.CharField(max_length=1000), required=False)
    state = serializers.ChoiceField(choices=[state.value for state in State], read_only=True)
    current = AmountField(read_only=True, allow_null=True)
    crosses_earliest_on = serializers.DateField(read_only=True, allow_null=True)
    crosses_likely_on = serializers.DateField(read_only=True, allow_null=True)
    crosses_latest_on = serializers.DateField(read_only=True, allow_null=True)
    is_warning = serializers.BooleanField(read_only=True)
    problem = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    archived_at = serializers.DateTimeField(read_only=True, allow_null=True)


class ResourceQuerySerializer(serializers.Serializer[Resource]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in the name of the resource or of its service.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    state = serializers.ChoiceField(choices=[state.value for state in State], required=False)


class ResourceViewSet(ApiViewSet):
    """The resources that the caller may see."""

    scope = "slos"
    queryset = Resource.objects.none()
    serializer_class = ResourceSerializer

    @extend_schema(parameters=[ResourceQuerySerializer], responses=ResourceSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Resources that are not archived, the newest first."""
        query = ResourceQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = selectors.search(selectors.resources(actor_of(request)), text=wanted.pop("q", ""), **wanted)
        return self.get_paginated_response(ResourceSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Adds a resource to a service whose team the caller manages."""
        actor, facts = actor_of(request), _valid(request)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        resource = resources.create_resource(actor=actor, service=service, facts=facts, now=timezone.now())
        return self.one(resource, ResourceSerializer(resource).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One resource."""
        resource = selectors.get_resource(actor_of(request), id)
        return self.one(resource, ResourceSerializer(resource).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes a resource; If-Match guards against lost updates. The service cannot change."""
        actor, facts = actor_of(request), _valid(request, partial=True)
        resource = _managed(actor, id)
        if "service" in facts:
            raise Invalid(fields={"service": ["This does not change."]})
        expected = expected_version(request)
        changed = resources.update_resource(
            actor=actor, resource=resource, facts=facts, now=timezone.now(), expected_version=expected
        )
        return self.one(changed, ResourceSerializer(changed).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Archives a resource; its days stay."""
        actor = actor_of(request)
        resources.archive_resource(actor=actor, resource=_managed(actor, id), now=timezone.now())
        return Response(status=204)


def _managed(actor: Actor, public_id: str) -> Resource:
    resource = selectors.get_resource(actor, public_id)
    actor.require(Role.MANAGER, resource.service.team_id)
    return resource


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = ResourceSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
