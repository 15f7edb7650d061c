"""Doors for machines as an API resource; a key is in the answer that makes it and in no other."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.domain import alert_states, integration_settings, senders, signals
from oncall.domain.formats.words import BadSignals
from oncall.models import EscalationPolicy, Integration
from oncall.selectors import doors, incoming
from oncall.services import integrations, readings
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid

KINDS = list(senders.KINDS)
LONGEST_BODY = 500_000


class IntegrationSettingsSerializer(StrictSerializer):
    """An integration's own words, its mapping, its secret. What is empty goes back to the usual."""

    severities = serializers.DictField(child=serializers.CharField(), required=False)
    severity_label = serializers.CharField(required=False, allow_blank=True)
    default_severity = serializers.CharField(required=False, allow_blank=True)
    titles = serializers.ListField(child=serializers.CharField(), required=False)
    mapping = serializers.JSONField(required=False, help_text="See the guide of integrations.")
    hmac_secret = serializers.CharField(required=False, allow_blank=True, write_only=True, max_length=200)
    hmac_timestamp_header = serializers.CharField(required=False, allow_blank=True)
    resolve_words = serializers.ListField(child=serializers.CharField(), required=False)
    silent_after_minutes = serializers.IntegerField(required=False, allow_null=True)


class IntegrationSerializer(StrictSerializer):
    """A sender of alerts for one team. `key` and `address` are told once, when the key is made."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug")
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=KINDS, required=False, default="json")
    service = serializers.CharField(required=False, allow_null=True, help_text="Slug or id; null leaves it to routes.")
    policy = serializers.CharField(required=False, allow_null=True, help_text="Id of an escalation policy of the team.")
    rate_per_minute = serializers.IntegerField(required=False)
    group_by = serializers.ListField(child=serializers.CharField(max_length=80), required=False, max_length=20)
    group_minutes = serializers.IntegerField(required=False)
    auto_resolve_minutes = serializers.IntegerField(required=False, allow_null=True)
    settings = IntegrationSettingsSerializer(required=False)
    key_prefix = serializers.CharField(read_only=True)
    previous_key_until = serializers.DateTimeField(read_only=True, allow_null=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)
    revoked_at = serializers.DateTimeField(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(read_only=True)
    key = serializers.CharField(read_only=True, help_text="Only in the answer that makes it.")
    address = serializers.CharField(read_only=True, help_text="Where to send, only beside the key.")


class IncomingSerializer(StrictSerializer):
    """One post of a sender and what became of it."""

    received_at = serializers.DateTimeField()
    result = serializers.CharField(source="status", help_text="pending, done or failed")
    problem = serializers.CharField()
    tries = serializers.IntegerField()
    signals = serializers.JSONField()
    sample = serializers.CharField(help_text="The beginning of the body, without secrets.")


class IntegrationTrialSerializer(StrictSerializer):
    """A body to read as an integration of this kind and with these settings would."""

    kind = serializers.ChoiceField(choices=list(readings.READERS), default="json")
    settings = IntegrationSettingsSerializer(required=False)
    body = serializers.CharField(max_length=LONGEST_BODY, help_text="The body as text.")


class TestAlertSerializer(StrictSerializer):
    """Which kind of test alert is sent."""

    severity = serializers.ChoiceField(choices=list(alert_states.SEVERITIES), default="info")


class IntegrationViewSet(ApiViewSet):
    """The integrations that the caller may see."""

    scope = "oncall"
    queryset = Integration.objects.none()
    serializer_class = IntegrationSerializer

    def list(self, request: Request) -> Response:
        """Integrations, the newest first."""
        found = self.paginate_queryset(doors.integrations(actor_of(request)))
        return self.get_paginated_response([_shown(one) for one in found or []])

    def create(self, request: Request) -> Response:
        """Makes an integration of a team that the caller manages, and its key."""
        actor, now = actor_of(request), timezone.now()
        given = _valid(request)
        team = people.teams_where(actor, "manager").filter(slug=given.pop("team")["slug"]).first()
        if team is None:
            raise Invalid(fields={"team": ["You manage no such team."]})
        kind, name, told = given.pop("kind", "json"), given["name"], _told(actor, team.pk, given)
        service_id = told["facts"].get("service_id")
        made, key = integrations.create_integration(
            actor=actor, team_id=team.pk, service_id=service_id, name=name, kind=kind, now=now, **told
        )
        return Response(_shown(made) | _key(made, key), status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One integration."""
        return Response(_shown(doors.get_integration(actor_of(request), id)))

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes an integration; of its settings only those that are told."""
        actor, integration = self._managed(request, id)
        given = _valid(request, partial=True)
        decided = ["This is decided when it is made."]
        fixed: dict[str, list[str]] = {name: decided for name in ("team", "kind") if name in given}
        if fixed:
            raise Invalid(fields=fixed)
        told = _told(actor, integration.team_id, given)
        integrations.update_integration(actor=actor, integration=integration, **told, now=timezone.now())
        return self.retrieve(request, id)

    @extend_schema(request=None)
    def rotate(self, request: Request, id: str) -> Response:
        """Makes another key; the present one stays good for a day."""
        actor, integration = self._managed(request, id)
        _, key = integrations.rotate_key(actor=actor, integration=integration, now=timezone.now())
        return Response(_shown(doors.get_integration(actor, id)) | _key(integration, key))

    @extend_schema(request=None)
    def revoke(self, request: Request, id: str) -> Response:
        """Ends all keys for good."""
        actor, integration = self._managed(request, id)
        integrations.revoke_integration(actor=actor, integration=integration, now=timezone.now())
        return self.retrieve(request, id)

    @extend_schema(request=TestAlertSerializer, responses={202: {"type": "object"}})
    def test(self, request: Request, id: str) -> Response:
        """Sends a test alert by the way of real ones."""
        actor, integration = self._managed(request, id)
        serializer = TestAlertSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        severity = serializer.validated_data["severity"]
        key = integrations.send_test(actor=actor, integration=integration, severity=severity, now=timezone.now())
        return Response({"status": "accepted", "dedup_key": key}, status=202)

    @extend_schema(responses=IncomingSerializer(many=True))
    def incoming(self, request: Request, id: str) -> Response:
        """What came in, the newest first, as long as it is kept."""
        found = self.paginate_queryset(incoming.posts(doors.get_integration(actor_of(request), id)))
        return self.get_paginated_response(IncomingSerializer(found, many=True).data)

    def _managed(self, request: Request, id: str) -> tuple[Actor, Integration]:
        actor = actor_of(request)
        integration = doors.get_integration(actor, id)
        actor.require(Role.MANAGER, integration.team_id)
        return actor, integration


class IntegrationTrialViewSet(ApiViewSet):
    """Reads a body and saves nothing."""

    scope = "oncall"
    scope_exempt = True
    queryset = Integration.objects.none()
    serializer_class = IntegrationTrialSerializer

    @extend_schema(responses={200: {"type": "object"}})
    def preview(self, request: Request) -> Response:
        """The alerts in a body, or all that is wrong with it; the very code that reads real ones."""
        serializer = IntegrationTrialSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        told = dict(given.get("settings", {}))
        wrong = integrations.settings_problems(told)
        if wrong:
            raise Invalid(fields={f"settings.{name}": texts for name, texts in wrong.items()})
        try:
            body = given["body"].encode("utf-8", "replace")
            found = readings.signals_of(given["kind"], readings.said_in(body), told)
        except BadSignals as error:
            raise Invalid(fields={f"body.{name}": texts for name, texts in error.fields.items()}) from error
        return Response({"signals": [signals.to_json(one) for one in found]})


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = IntegrationSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _told(actor: Actor, team_id: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """Columns and settings as the service takes them; Invalid for a service or policy that is not the team's."""
    facts = {name: value for name, value in given.items() if name not in ("service", "policy", "settings")}
    found: dict[str, int | None] = {}
    if said := given.get("service"):
        services = catalog.services(actor).filter(team_id=team_id)
        found["service"] = services.filter(Q(public_id=said) | Q(slug=said)).values_list("pk", flat=True).first()
    if said := given.get("policy"):
        policies = EscalationPolicy.objects.filter(team_id=team_id, public_id=said)
        found["policy"] = policies.values_list("pk", flat=True).first()
    wrong = {name: [f"The team has no such {name}."] for name, pk in found.items() if pk is None}
    if wrong:
        raise Invalid(fields=wrong)
    facts |= {f"{name}_id": found.get(name) for name in ("service", "policy") if name in given}
    return {"facts": facts, "settings": given.get("settings", {})}


def _shown(integration: Integration) -> dict[str, Any]:
    same = ("name", "kind", "rate_per_minute", "group_by", "group_minutes", "auto_resolve_minutes", "key_prefix")
    times = ("previous_key_until", "last_used_at", "revoked_at", "created_at")
    told = {name: getattr(integration, name) for name in (*same, *times)}
    return told | {
        "id": integration.public_id,
        "team": integration.team.slug,
        "service": integration.service.slug if integration.service else None,
        "policy": integration.policy.public_id if integration.policy else None,
        "settings": integration_settings.shown(integration.settings),
        "is_signed": bool(integration.settings.get(integration_settings.SECRET)),
    }


def _key(integration: Integration, key: str) -> dict[str, str]:
    address = senders.address(integration.kind, settings.PORTAL_BASE_URL, key, settings.PORTAL_MAIL_HOST)
    return {"key": key, "address": address}
