"""Which instance of a service runs which version, as programs tell it."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import NotFound
from slo.api.fields import RatioField, service_in_path
from slo.domain.versions import INSTANCE, MOST, VERSION
from slo.models import InstanceVersion, VersionSource
from slo.models.releases import PRODUCTION
from slo.selectors.versions import share_of, source_of
from slo.services import version_sources, versions


class InstanceSerializer(StrictSerializer):
    """What one instance runs."""

    instance = serializers.CharField(max_length=INSTANCE)
    version = serializers.CharField(max_length=VERSION)


class ReportSerializer(StrictSerializer):
    """What some instances run; `complete` means that there are no others."""

    instances = serializers.ListField(child=InstanceSerializer(), max_length=MOST)
    environment = serializers.CharField(max_length=40, default=PRODUCTION)
    complete = serializers.BooleanField(default=False)


class ShareSerializer(StrictSerializer):
    """How many instances run a version."""

    version = serializers.CharField()
    instances = serializers.IntegerField()
    ratio = RatioField()


class VersionsSerializer(StrictSerializer):
    """The shares of the versions that run, the largest first."""

    shares = ShareSerializer(many=True)
    instances = serializers.IntegerField()
    heard_at = serializers.DateTimeField(allow_null=True)


class VersionViewSet(ApiViewSet):
    """The versions of a service's instances."""

    scope = "releases"
    queryset = InstanceVersion.objects.none()
    serializer_class = VersionsSerializer
    pagination_class = None

    def show(self, request: Request, id: str) -> Response:
        """The share of each version among the instances that were heard of within a day."""
        service = service_in_path(actor_of(request), id)
        environment = request.query_params.get("environment", PRODUCTION)[:40]
        found = share_of(service, environment=environment, now=timezone.now())
        return Response(VersionsSerializer(found).data)

    @extend_schema(request=ReportSerializer, responses=VersionsSerializer)
    def report(self, request: Request, id: str) -> Response:
        """Notes what instances run; telling the same again changes nothing but when they were seen."""
        actor, now = actor_of(request), timezone.now()
        service = service_in_path(actor, id)
        actor.require(Role.RESPONDER, service.team_id)
        serializer = ReportSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told: dict[str, Any] = dict(serializer.validated_data)
        complete = told.pop("complete")
        versions.report_versions(service=service, now=now, is_complete=complete, **told)
        return Response(VersionsSerializer(share_of(service, environment=told["environment"], now=now)).data)


class ServerField(serializers.CharField):
    """The server that a source names; one that names none is shown with an empty name rather than not at all."""

    def get_attribute(self, instance: Any) -> str:
        """What stands in the settings."""
        return str(instance.settings.get("server", ""))


class SourceSerializer(StrictSerializer):
    """Where the portal reads the versions itself: a query at a Prometheus server of the team."""

    server = ServerField(source="settings.server", help_text="The id of the server; empty where it was lost.")
    query = serializers.CharField(max_length=1000)
    version_label = serializers.CharField(max_length=100, default="version")
    instance_label = serializers.CharField(max_length=100, default="instance")
    environment = serializers.CharField(max_length=40, source="settings.environment", default=PRODUCTION)
    read_at = serializers.DateTimeField(read_only=True, allow_null=True)
    problem = serializers.CharField(read_only=True)


class VersionSourceViewSet(ApiViewSet):
    """Where the versions of a service are read."""

    scope = "releases"
    queryset = VersionSource.objects.none()
    serializer_class = SourceSerializer
    pagination_class = None

    def retrieve(self, request: Request, id: str) -> Response:
        """The query, when it was last read and why it failed; 404 where instances tell their version themselves."""
        source = source_of(service_in_path(actor_of(request), id))
        if source is None:
            raise NotFound("The portal reads no versions of this service.")
        return Response(SourceSerializer(source).data)

    def update(self, request: Request, id: str) -> Response:
        """Sets the query; it is read once a minute."""
        actor = actor_of(request)
        service = service_in_path(actor, id)
        actor.require(Role.MANAGER, service.team_id)
        serializer = SourceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told: dict[str, Any] = dict(serializer.validated_data)
        told |= told.pop("settings")
        source = version_sources.set_source(actor=actor, service=service, now=timezone.now(), **told)
        return Response(SourceSerializer(source).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Nothing is read any more; what is known stays."""
        actor = actor_of(request)
        service = service_in_path(actor, id)
        actor.require(Role.MANAGER, service.team_id)
        version_sources.remove_source(actor=actor, service=service, now=timezone.now())
        return Response(status=204)
