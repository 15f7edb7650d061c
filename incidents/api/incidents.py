"""Incidents as an API resource, declared by hand or from an alert."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import selectors
from incidents.api.parts import service_by_reference, valid
from incidents.domain import milestones, states
from incidents.models import Incident
from incidents.selectors.incidents import search
from incidents.services import alerts, edits, incidents
from oncall import selectors as oncall
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet

INSTANTS = tuple(f"{name}_at" for name in milestones.NAMES[:6])


class IncidentSerializer(StrictSerializer):
    """An incident. Milestones that nobody knows are null."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.IntegerField(read_only=True)
    team = serializers.CharField(source="team.slug", read_only=True)
    service = serializers.CharField(source="service.slug", allow_null=True, required=False, help_text="Slug or id.")
    title = serializers.CharField(max_length=140)
    summary = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    severity = serializers.IntegerField(min_value=1, max_value=4)
    status = serializers.ChoiceField(states.CHOICES, required=False)
    is_private = serializers.BooleanField(required=False)
    is_drill = serializers.BooleanField(required=False)
    is_public = serializers.BooleanField(required=False)
    public_title = serializers.CharField(max_length=140, required=False, allow_blank=True)
    cause_key = serializers.SlugField(max_length=60, required=False, allow_blank=True)
    impact_start_at = serializers.DateTimeField(required=False, allow_null=True)
    detected_at = serializers.DateTimeField(required=False, allow_null=True)
    declared_at = serializers.DateTimeField(required=False)
    acknowledged_at = serializers.DateTimeField(required=False, allow_null=True)
    mitigated_at = serializers.DateTimeField(required=False, allow_null=True)
    recovered_at = serializers.DateTimeField(required=False, allow_null=True)
    resolved_at = serializers.DateTimeField(read_only=True, allow_null=True)
    closed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    next_update_due_at = serializers.DateTimeField(read_only=True, allow_null=True)
    all_clear_step = serializers.IntegerField(read_only=True)
    follow_up = serializers.BooleanField(read_only=True, allow_null=True)


class DeclareSerializer(StrictSerializer):
    """What declaring takes. With `alert`, title, severity and service may be left out: they come from it."""

    title = serializers.CharField(max_length=140, required=False)
    severity = serializers.IntegerField(min_value=1, max_value=4, required=False)
    service = serializers.CharField(required=False, help_text="Slug or id of the service.")
    alert = serializers.CharField(required=False, help_text="Id of the alert that it comes from.")
    is_private = serializers.BooleanField(required=False)
    is_drill = serializers.BooleanField(required=False)
    is_public = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in ("title", "severity", "service") if name not in attrs]
        if missing and "alert" not in attrs:
            raise serializers.ValidationError({name: ["This field is required."] for name in missing})
        return attrs


class IncidentQuerySerializer(serializers.Serializer[Incident]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words, or a number such as INC-12.")
    status = serializers.ChoiceField([*(s.value for s in states.Status), "open", "drill"], required=False)
    severity = serializers.IntegerField(min_value=1, max_value=4, required=False)
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    team = serializers.CharField(required=False, help_text="The slug of a team.")


class IncidentViewSet(ApiViewSet):
    """The incidents that the caller may see."""

    scope = "incidents"
    queryset = Incident.objects.none()
    serializer_class = IncidentSerializer

    @extend_schema(parameters=[IncidentQuerySerializer], responses=IncidentSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Incidents, the newest first."""
        query = IncidentQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = search(selectors.incidents(actor_of(request)), text=wanted.pop("q", ""), **wanted)
        return self.get_paginated_response(IncidentSerializer(self.paginate_queryset(found), many=True).data)

    @extend_schema(request=DeclareSerializer, responses={201: IncidentSerializer})
    def create(self, request: Request) -> Response:
        """Declares an incident, by hand or from an alert; an alert of an open incident leads to that one."""
        given = valid(DeclareSerializer, request)
        incident = _declare(actor_of(request), given)
        return self.one(incident, IncidentSerializer(incident).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One incident."""
        incident = selectors.get_incident(actor_of(request), id)
        return self.one(incident, IncidentSerializer(incident).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes facts, milestones or status; all of it or nothing."""
        actor, now = actor_of(request), timezone.now()
        incident = selectors.get_incident(actor, id)
        given = valid(IncidentSerializer, request, partial=True)
        given.pop("service", None)
        changed = edits.change(
            actor=actor,
            incident=incident,
            version=expected_version(request),
            status=given.pop("status", ""),
            instants={name.removesuffix("_at"): given.pop(name) for name in INSTANTS if name in given},
            changes=given,
            now=now,
        )
        return self.one(changed, IncidentSerializer(changed).data)


def _declare(actor: Actor, given: dict[str, Any]) -> Incident:
    now = timezone.now()
    service = service_by_reference(actor, given.pop("service")) if "service" in given else None
    if "alert" not in given:
        return incidents.declare(actor=actor, service=service, now=now, **given)
    alert = oncall.get_alert(actor, given.pop("alert"))
    return alerts.from_alert(actor=actor, alert=alert, now=now, service=service, **given)
