"""What a service leans on, as an API resource."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors
from portal.catalog.models import ServiceDependency
from portal.catalog.services import dependencies
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class ServiceReferenceSerializer(StrictSerializer):
    """A service in few words."""

    id = serializers.CharField(source="public_id")
    slug = serializers.CharField()
    name = serializers.CharField()
    tier = serializers.IntegerField()


class DependenciesSerializer(StrictSerializer):
    """Both directions of one service's dependencies, as far as the caller may see them."""

    needs = ServiceReferenceSerializer(many=True)
    needed_by = ServiceReferenceSerializer(many=True)


class NewDependencySerializer(StrictSerializer):
    """Another service that this one needs."""

    needs = serializers.CharField(help_text="The id of the other service.")


class DependencyViewSet(ApiViewSet):
    """The dependencies of one service."""

    scope = "services"
    queryset = ServiceDependency.objects.none()
    serializer_class = DependenciesSerializer
    pagination_class = None

    @extend_schema(responses=DependenciesSerializer)
    def show(self, request: Request, id: str) -> Response:
        """What the service needs and what needs it."""
        actor = actor_of(request)
        service = selectors.service_by_public_id(actor, id)
        found = {"needs": selectors.needs_of(service, actor), "needed_by": selectors.needed_by(service, actor)}
        return Response(DependenciesSerializer(found).data)

    @extend_schema(request=NewDependencySerializer, responses={201: ServiceReferenceSerializer})
    def create(self, request: Request, id: str) -> Response:
        """Says that the service needs another one; a circle is refused."""
        actor = actor_of(request)
        service = selectors.service_by_public_id(actor, id)
        serializer = NewDependencySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        needs = selectors.service_by_public_id(actor, serializer.validated_data["needs"])
        dependencies.add_dependency(actor=actor, service=service, needs=needs, now=timezone.now())
        return Response(ServiceReferenceSerializer(needs).data, status=201)

    def destroy(self, request: Request, id: str, needs_id: str) -> Response:
        """Forgets that the service needs another one."""
        actor = actor_of(request)
        service = selectors.service_by_public_id(actor, id)
        needs = selectors.service_by_public_id(actor, needs_id)
        dependencies.remove_dependency(actor=actor, service=service, needs=needs, now=timezone.now())
        return Response(status=204)
