"""Known events and load tests of a resource as API resources."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import RatioField
from slo.api.forecasts import AmountField
from slo.exceptions import KnownEventNotFound
from slo.models import KnownEvent, LoadTest, Resource
from slo.selectors import capacity as selectors
from slo.services import known_events, load_tests


class KnownEventSerializer(StrictSerializer):
    """A launch or a season: both days count, and a yearly one comes again on the same days."""

    id = serializers.CharField(source="public_id", read_only=True)
    name = serializers.CharField(max_length=100)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    multiplier = RatioField(min_value=0.001, max_value=1000, help_text="How many times as much as usual is used.")
    is_yearly = serializers.BooleanField(required=False)
    whole_service = serializers.SerializerMethodField(help_text="Whether it concerns all resources of the service.")

    def get_whole_service(self, event: KnownEvent) -> bool:
        return event.resource_id is None


class NewKnownEventSerializer(KnownEventSerializer):
    """An event to add; `whole_service` makes it concern all resources of the service."""

    whole_service = serializers.BooleanField(default=False)  # type: ignore[assignment]  # read by a method elsewhere


class LoadTestSerializer(StrictSerializer):
    """What one instance bore before it missed its target, in the unit of the resource."""

    id = serializers.CharField(source="public_id", read_only=True)
    tested_on = serializers.DateField()
    per_instance = AmountField()
    target = serializers.CharField(max_length=200)
    url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    author = serializers.CharField(read_only=True)


class KnownEventViewSet(ApiViewSet):
    """The known events that concern a resource."""

    scope = "slos"
    queryset = KnownEvent.objects.none()
    serializer_class = KnownEventSerializer

    @extend_schema(responses=KnownEventSerializer(many=True))
    def list(self, request: Request, id: str) -> Response:
        """Events of the resource and of its whole service, the newest first."""
        found = selectors.events_of(selectors.get_resource(actor_of(request), id))
        return self.get_paginated_response(KnownEventSerializer(self.paginate_queryset(found), many=True).data)

    @extend_schema(request=NewKnownEventSerializer, responses={201: KnownEventSerializer})
    def create(self, request: Request, id: str) -> Response:
        """Adds an event and makes the forecast anew."""
        actor = actor_of(request)
        resource = _resource(actor, id, Role.MANAGER)
        facts = _valid(NewKnownEventSerializer, request)
        only = None if facts.pop("whole_service") else resource
        event = known_events.add_event(
            actor=actor, service=resource.service, resource=only, now=timezone.now(), **facts
        )
        return Response(KnownEventSerializer(event).data, status=201)

    def destroy(self, request: Request, id: str, event_id: str) -> Response:
        """Takes an event away from the forecast."""
        actor = actor_of(request)
        resource, event = selectors.get_resource(actor, id), selectors.get_event(actor, event_id)
        if event.service_id != resource.service_id:
            raise KnownEventNotFound
        actor.require(Role.MANAGER, resource.service.team_id)
        known_events.remove_event(actor=actor, event=event, now=timezone.now())
        return Response(status=204)


class LoadTestViewSet(ApiViewSet):
    """The load tests of a resource."""

    scope = "slos"
    queryset = LoadTest.objects.none()
    serializer_class = LoadTestSerializer

    @extend_schema(responses=LoadTestSerializer(many=True))
    def list(self, request: Request, id: str) -> Response:
        """Load tests, the newest first."""
        found = selectors.get_resource(actor_of(request), id).load_tests.all()
        return self.get_paginated_response(LoadTestSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request, id: str) -> Response:
        """Records the result of a load test: for pipelines."""
        actor = actor_of(request)
        resource = _resource(actor, id, Role.RESPONDER)
        facts = _valid(LoadTestSerializer, request)
        test = load_tests.record_load_test(actor=actor, resource=resource, now=timezone.now(), **facts)
        return Response(LoadTestSerializer(test).data, status=201)


def _resource(actor: Actor, public_id: str, role: Role) -> Resource:
    resource = selectors.get_resource(actor, public_id)
    actor.require(role, resource.service.team_id)
    return resource


def _valid(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
