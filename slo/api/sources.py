"""Prometheus servers as an API resource. Secrets go in and never come out."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.api.fields import SecondsField
from slo.models import PrometheusServer
from slo.models.sources import AUTHS
from slo.selectors import sources
from slo.services import prometheus_servers


class PrometheusServerSerializer(StrictSerializer):
    """A server of a team. `username` is the user of basic and the name of the header of header."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug", help_text="The slug of a team.")
    name = serializers.CharField(max_length=100)
    url = serializers.CharField(max_length=500)
    auth = serializers.ChoiceField(choices=[key for key, _ in AUTHS], required=False)
    username = serializers.CharField(max_length=200, required=False, allow_blank=True)
    secret = serializers.CharField(max_length=4000, write_only=True, required=False, allow_blank=True)
    has_secret = serializers.SerializerMethodField()
    verify_tls = serializers.BooleanField(required=False)
    timeout_seconds = SecondsField(source="timeout", required=False, help_text="At most 60.")
    answered_at = serializers.DateTimeField(read_only=True, allow_null=True)
    problem = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)

    def get_has_secret(self, server: PrometheusServer) -> bool:
        return bool(server.credentials)


class ServerTestSerializer(serializers.Serializer[PrometheusServer]):
    """What the server told of itself."""

    version = serializers.CharField(help_text="Empty when it tells none.")


class PrometheusServerViewSet(ApiViewSet):
    """The Prometheus servers that the caller may see."""

    scope = "slos"
    queryset = PrometheusServer.objects.none()
    serializer_class = PrometheusServerSerializer

    @extend_schema(responses=PrometheusServerSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Servers, the newest first."""
        page = self.paginate_queryset(sources.servers(actor_of(request)))
        return self.get_paginated_response(PrometheusServerSerializer(page, many=True).data)

    def create(self, request: Request) -> Response:
        """Adds a server to a team that the caller manages."""
        actor = actor_of(request)
        facts = _valid(request)
        slug = facts.pop("team")["slug"]
        team = people.teams_where(actor, Role.MANAGER).filter(slug=slug).first()
        if team is None:
            raise Invalid(fields={"team": ["There is no such team, or you do not manage it."]})
        secret = facts.pop("secret", "")
        server = prometheus_servers.create_server(
            actor=actor, team_id=team.pk, facts=facts, secret=secret, now=timezone.now()
        )
        return self.one(server, PrometheusServerSerializer(server).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One server."""
        server = sources.get_server(actor_of(request), id)
        return self.one(server, PrometheusServerSerializer(server).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes a server; another address needs the secret again."""
        actor, server = self._managed(request, id)
        facts = _valid(request, partial=True)
        if "team" in facts:
            raise Invalid(fields={"team": ["A server stays with its team."]})
        prometheus_servers.update_server(
            actor=actor,
            server=server,
            secret=facts.pop("secret", None),
            facts=facts,
            now=timezone.now(),
            expected_version=expected_version(request),
        )
        return self.retrieve(request, id)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Removes a server that no SLI reads."""
        actor, server = self._managed(request, id)
        prometheus_servers.delete_server(actor=actor, server=server, now=timezone.now())
        return Response(status=204)

    @extend_schema(request=None, responses=ServerTestSerializer)
    def test(self, request: Request, id: str) -> Response:
        """Tests the connection; 422 says what is wrong."""
        _, server = self._managed(request, id)
        return Response({"version": prometheus_servers.try_server(server=server, now=timezone.now())})

    def _managed(self, request: Request, id: str) -> tuple[Any, PrometheusServer]:
        actor = actor_of(request)
        server = sources.get_server(actor, id)
        actor.require(Role.MANAGER, server.team_id)
        return actor, server


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = PrometheusServerSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
