"""SLIs as an API resource: those of probes, heartbeats and sources are read, pushed and Prometheus ones also made."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from portal.lib.errors import Invalid, NotFound
from slo.api.fields import SecondsField, service_in_body
from slo.models import Sli
from slo.selectors import objectives as selectors
from slo.selectors import sources
from slo.services import source_slis

MADE_BY_HAND = ("push", "prometheus")


class SliSerializer(StrictSerializer):
    """Where the numbers of SLOs come from. `settings` of Prometheus: `server`, `mode` and the queries of the mode."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    name = serializers.CharField(max_length=120)
    kind = serializers.CharField(help_text="A new one is push or prometheus.")
    settings = serializers.JSONField(required=False)
    every_minutes = serializers.IntegerField(write_only=True, required=False, min_value=1, max_value=5)
    backfill_days = serializers.IntegerField(write_only=True, required=False, min_value=0, max_value=90)
    watches_volume = serializers.BooleanField(required=False)
    volume_state = serializers.CharField(read_only=True)
    probe = serializers.CharField(source="probe.public_id", read_only=True, allow_null=True, default=None)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field named as an attribute of Field
    every_seconds = SecondsField(source="every", read_only=True)
    started_at = serializers.DateTimeField(read_only=True)
    counted_until = serializers.DateTimeField(read_only=True, allow_null=True)
    problem = serializers.CharField(
        read_only=True, help_text="Why the last counts were refused; empty when all is well."
    )


class SliQuerySerializer(serializers.Serializer[Sli]):
    """What to look for."""

    service = serializers.CharField(required=False, help_text="The slug of a service.")
    kind = serializers.CharField(required=False, help_text="A kind such as push.")


class SliViewSet(ApiViewSet):
    """The SLIs that the caller may see."""

    scope = "slos"
    queryset = Sli.objects.none()
    serializer_class = SliSerializer

    @extend_schema(parameters=[SliQuerySerializer], responses=SliSerializer(many=True))
    def list(self, request: Request) -> Response:
        """SLIs, the newest first."""
        found = selectors.slis(actor_of(request))
        if service := request.query_params.get("service"):
            found = found.filter(service__slug=service)
        if kind := request.query_params.get("kind"):
            found = found.filter(kind=kind)
        return self.get_paginated_response(SliSerializer(self.paginate_queryset(found), many=True).data)

    def retrieve(self, request: Request, id: str) -> Response:
        """One SLI."""
        return Response(SliSerializer(selectors.get_sli(actor_of(request), id)).data)

    def create(self, request: Request) -> Response:
        """Adds an SLI of the kind `push` or `prometheus` to a service whose team the caller manages."""
        actor, now = actor_of(request), timezone.now()
        facts = _valid(request)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        kind = facts.pop("kind")
        if kind == "push":
            _refuse_more(facts, {"name", "watches_volume"})
            sli = source_slis.create_push_sli(actor=actor, service=service, now=now, **facts)
        elif kind == "prometheus":
            facts |= _asked(request, facts.get("settings"))
            with _settings_named():
                sli = source_slis.create_prometheus_sli(actor=actor, service=service, now=now, **facts)
        else:
            raise Invalid(fields={"kind": [f"Choose one of {', '.join(MADE_BY_HAND)}."]})
        return Response(SliSerializer(sli).data, status=201)

    def partial_update(self, request: Request, id: str) -> Response:
        """Renames an SLI, switches the watch over its volume, or lets one of Prometheus ask otherwise."""
        actor = actor_of(request)
        sli = selectors.get_sli(actor, id)
        actor.require(Role.MANAGER, sli.service.team_id)
        facts = _valid(request, partial=True)
        _refuse_more(facts, {"name", "watches_volume", "settings", "every_minutes"})
        if "settings" in facts:
            facts |= _asked(request, facts["settings"])
        with _settings_named():
            source_slis.update_sli(actor=actor, sli=sli, facts=facts, now=timezone.now())
        return self.retrieve(request, id)


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = SliSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _refuse_more(facts: dict[str, Any], known: set[str]) -> None:
    more = {name: ["This cannot be set here."] for name in sorted(set(facts) - known)}
    if more:
        raise Invalid(fields=more)


@contextmanager
def _settings_named() -> Iterator[None]:
    """Names what is wrong with a setting by its path in the body: `settings.total`."""
    try:
        yield
    except Invalid as error:
        known = {*SliSerializer().fields, "server"}
        paths = {name if name in known else f"settings.{name}": texts for name, texts in error.fields.items()}
        raise Invalid(error.detail, fields=paths) from error


def _asked(request: Request, settings: Any) -> dict[str, Any]:
    """The settings without their server, and the server itself."""
    if not isinstance(settings, dict) or not isinstance(settings.get("server"), str):
        raise Invalid(fields={"settings": ["Give an object with server (its id), mode and the queries of the mode."]})
    try:
        server = sources.get_server(actor_of(request), settings["server"])
    except NotFound as error:
        raise Invalid(fields={"server": ["There is no such server, or you may not see it."]}) from error
    return {"settings": {name: value for name, value in settings.items() if name != "server"}, "server": server}
