"""Services as an API resource."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors
from portal.catalog.models import Service
from portal.catalog.services import services
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class ServiceSerializer(StrictSerializer):
    """A service of the catalog."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug", help_text="Slug or id of the team that answers for it.")
    slug = serializers.CharField(max_length=60)
    name = serializers.CharField(max_length=100)
    tier = serializers.IntegerField(min_value=1, max_value=4, required=False)
    description = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    runbook_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    repository_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    labels = serializers.DictField(child=serializers.CharField(), required=False)
    is_public = serializers.BooleanField(required=False)
    created_at = serializers.DateTimeField(read_only=True)
    archived_at = serializers.DateTimeField(read_only=True, allow_null=True)


class ServiceQuerySerializer(serializers.Serializer[Service]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in name, slug or description.")
    team = serializers.CharField(required=False, help_text="The slug of a team.")
    tier = serializers.IntegerField(required=False, min_value=1, max_value=4)
    label = serializers.CharField(  # type: ignore[assignment]  # the parameter's name, which a field of DRF has too
        required=False, help_text="A key, or key=value."
    )


class ServiceViewSet(ApiViewSet):
    """The services that the caller may see."""

    scope = "services"
    queryset = Service.objects.none()
    serializer_class = ServiceSerializer

    @extend_schema(parameters=[ServiceQuerySerializer], responses=ServiceSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Services that are not archived, the newest first."""
        query = ServiceQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = selectors.search(selectors.services(actor_of(request)), text=wanted.pop("q", ""), **wanted)
        return self.get_paginated_response(ServiceSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Adds a service of a team that the caller manages."""
        actor = actor_of(request)
        given = _valid(request)
        team = people.team_by_reference(actor, given.pop("team")["slug"])
        facts = services.ServiceFacts(**given)
        service = services.create_service(actor=actor, team=team, facts=facts, now=timezone.now())
        return self.one(service, ServiceSerializer(service).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One service, archived or not."""
        service = selectors.service_by_public_id(actor_of(request), id)
        return self.one(service, ServiceSerializer(service).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes a service; send If-Match to be sure that nobody else did."""
        actor = actor_of(request)
        service = selectors.service_by_public_id(actor, id)
        given = _valid(request, partial=True)
        reference = given.pop("team", {}).get("slug")
        changed = services.update_service(
            actor=actor,
            service=service,
            facts=replace(services.facts_of(service), **given),
            team=people.team_by_reference(actor, reference) if reference else None,
            expected_version=expected_version(request),
            now=timezone.now(),
        )
        return self.one(changed, ServiceSerializer(changed).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Archives a service; its history stays."""
        actor = actor_of(request)
        service = selectors.service_by_public_id(actor, id)
        services.archive_service(
            actor=actor, service=service, expected_version=expected_version(request), now=timezone.now()
        )
        return Response(status=204)


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = ServiceSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
