"""Overrides of a schedule as an API resource."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import person
from oncall.models import Override
from oncall.models.schedules import ROLE_CHOICES
from oncall.selectors import schedules
from oncall.services import overrides
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class OverrideSerializer(StrictSerializer):
    """Somebody holds a role in `[starts_at, ends_at)`."""

    id = serializers.CharField(source="public_id", read_only=True)
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    user = serializers.CharField(source="user.public_id", help_text="Id or mail address.")
    replaces = serializers.CharField(
        source="replaces.public_id",
        required=False,
        allow_null=True,
        default=None,
        help_text="Instead of this person alone; of everybody in the role where it is missing.",
    )
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class OverrideViewSet(ApiViewSet):
    """The overrides of one schedule."""

    scope = "oncall"
    queryset = Override.objects.none()
    serializer_class = OverrideSerializer

    def list(self, request: Request, id: str) -> Response:
        """Overrides, past ones too, the newest first."""
        schedule = schedules.get_schedule(actor_of(request), id)
        found = Override.objects.filter(schedule=schedule).select_related("user", "replaces")
        return self.get_paginated_response(OverrideSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request, id: str) -> Response:
        """Gives a role to somebody for a while."""
        actor = actor_of(request)
        schedule = schedules.get_schedule(actor, id)
        actor.require(Role.RESPONDER, schedule.team_id)
        serializer = OverrideSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        user = person(given.pop("user")["public_id"], "user")
        replaced = (given.pop("replaces", None) or {}).get("public_id")
        replaces_id = person(replaced, "replaces").pk if replaced else None
        told = {"user_id": user.pk, "replaces_id": replaces_id, **given}
        made = overrides.create_override(actor=actor, schedule=schedule, now=timezone.now(), **told)
        return Response(OverrideSerializer(made).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Takes back what lies ahead of an override."""
        actor = actor_of(request)
        override = schedules.get_override(actor, id)
        actor.require(Role.RESPONDER, override.schedule.team_id)
        overrides.delete_override(actor=actor, override=override, now=timezone.now())
        return Response(status=204)
