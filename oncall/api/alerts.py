"""Alerts as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.models import Alert
from oncall.selectors import alerts as found_alerts
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, PermissionDenied
from portal.lib.ids import new_id

STATUSES = ["open", *Alert.Status.values]


class AlertLinkSerializer(StrictSerializer):
    """A link that helps whoever is paged."""

    href = serializers.URLField(max_length=500)
    text = serializers.CharField(max_length=200, required=False)


class AlertSerializer(StrictSerializer):
    """An alert. The same `dedup_key` joins the open alert of the team instead of opening another one."""

    id = serializers.CharField(source="public_id", read_only=True)
    status = serializers.CharField(read_only=True)
    team = serializers.CharField(source="team.slug", help_text="Slug or id of the team that is paged.")
    service = serializers.CharField(
        source="service.slug", required=False, allow_null=True, default=None, help_text="Slug of a service of the team."
    )
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field, not the argument of DRF
    dedup_key = serializers.CharField(max_length=255, required=False)
    title = serializers.CharField(max_length=200)
    severity = serializers.ChoiceField(choices=Alert.Severity.values, default="critical")
    detail = serializers.CharField(max_length=20_000, required=False, allow_blank=True, default="")
    runbook_url = serializers.URLField(max_length=500, required=False, allow_blank=True, default="")
    links = AlertLinkSerializer(many=True, required=False)
    started_at = serializers.DateTimeField(read_only=True)
    last_fired_at = serializers.DateTimeField(read_only=True)
    joined_count = serializers.IntegerField(read_only=True)
    acknowledged_at = serializers.DateTimeField(read_only=True, allow_null=True)
    acknowledged_by = serializers.CharField(source="acknowledged_by.public_id", read_only=True, default=None)
    resolved_at = serializers.DateTimeField(read_only=True, allow_null=True)


class AlertQuerySerializer(serializers.Serializer[Alert]):
    """What to look for."""

    status = serializers.ChoiceField(choices=STATUSES, required=False, help_text="`open` is firing and acknowledged.")
    severity = serializers.ChoiceField(choices=Alert.Severity.values, required=False)
    team = serializers.CharField(required=False, help_text="The slug of a team.")
    q = serializers.CharField(required=False, source="text", help_text="Words in title or detail.")


class AlertViewSet(ApiViewSet):
    """The alerts that the caller may see."""

    scope = "alerts"
    queryset = Alert.objects.none()
    serializer_class = AlertSerializer

    @extend_schema(parameters=[AlertQuerySerializer], responses=AlertSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Alerts, the newest first."""
        query = AlertQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = found_alerts.narrowed(found_alerts.alerts(actor_of(request)), **query.validated_data)
        return self.get_paginated_response(AlertSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Raises an alert, or joins the open one of the same key (200). A critical one pages."""
        actor = actor_of(request)
        if not alerts.may_raise(actor):
            raise PermissionDenied("Raising an alert needs the role responder in some team.")
        serializer = AlertSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        alert = _opened(actor, dict(serializer.validated_data))
        return self.one(alert, AlertSerializer(alert).data, status=200 if alert.joined_count else 201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One alert."""
        alert = found_alerts.get_alert(actor_of(request), id)
        return self.one(alert, AlertSerializer(alert).data)

    @extend_schema(request=None, responses=AlertSerializer)
    def acknowledge(self, request: Request, id: str) -> Response:
        """Takes the alert on: nobody is paged any more. Repeating it changes nothing."""
        actor = actor_of(request)
        alert = found_alerts.get_alert(actor, id)
        actor.require(Role.RESPONDER, alert.team_id)
        alert = alerts.acknowledge_alert(actor=actor, alert=alert, now=timezone.now())
        return self.one(alert, AlertSerializer(alert).data)

    @extend_schema(request=None, responses=AlertSerializer)
    def resolve(self, request: Request, id: str) -> Response:
        """Closes the alert. Repeating it changes nothing."""
        actor = actor_of(request)
        alert = found_alerts.get_alert(actor, id)
        actor.require(Role.RESPONDER, alert.team_id)
        alert = alerts.close_alert(actor=actor, alert=alert, now=timezone.now())
        return self.one(alert, AlertSerializer(alert).data)


def _opened(actor: Actor, given: dict[str, Any]) -> Alert:
    team = people.team_by_reference(actor, given.pop("team")["slug"])
    service = _service(actor, given.pop("service")["slug"], team.pk)
    return alerts.open_alert(
        actor=actor,
        team_id=team.pk,
        service_id=service.pk if service else None,
        source=f"api:{team.public_id}",
        dedup_key=given.get("dedup_key") or new_id("hand"),
        title=given["title"],
        severity=given["severity"],
        detail=given["detail"],
        runbook_url=given["runbook_url"] or (service.runbook_url if service else ""),
        links=[dict(link) for link in given.get("links", [])],
        now=timezone.now(),
    )


def _service(actor: Actor, slug: str | None, team_id: int) -> Service | None:
    if not slug:
        return None
    service = catalog.get_service(actor, slug)
    if service.team_id != team_id:
        raise Invalid(fields={"service": ["This service belongs to another team."]})
    return service
