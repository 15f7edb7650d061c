"""What belongs to an incident, in the shapes of the API."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from incidents.domain import all_clear, roles, states, updates
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.api.serializers import StrictSerializer
from portal.lib.errors import Invalid, NotFound


class EntrySerializer(StrictSerializer):
    """One fact of a timeline; a note when it is written."""

    id = serializers.CharField(source="public_id", read_only=True)
    at = serializers.DateTimeField(required=False)
    recorded_at = serializers.DateTimeField(read_only=True)
    kind = serializers.CharField(read_only=True)
    text = serializers.CharField(max_length=4000)
    evidence_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    author = serializers.CharField(read_only=True)
    corrects = serializers.CharField(source="corrects.public_id", read_only=True, allow_null=True, default=None)

    def get_fields(self) -> dict[str, Any]:
        """Adds `source`, a name that serializers keep for themselves."""
        return {**super().get_fields(), "source": serializers.CharField(read_only=True)}


class UpdateSerializer(StrictSerializer):
    """One message to stakeholders or to the public."""

    id = serializers.CharField(source="public_id", read_only=True)
    at = serializers.DateTimeField(read_only=True)
    audience = serializers.ChoiceField(updates.AUDIENCES, required=False)
    status = serializers.ChoiceField(states.OPEN_CHOICES, required=False)
    text = serializers.CharField(max_length=4000)
    next_due_at = serializers.DateTimeField(required=False, allow_null=True)
    author = serializers.CharField(read_only=True)


class RoleSpanSerializer(StrictSerializer):
    """Who held a role, and when."""

    role = serializers.CharField()
    user = serializers.CharField(source="user.public_id")
    name = serializers.CharField(source="user")
    assumed_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class HandoverSerializer(StrictSerializer):
    """Which role goes to whom."""

    role = serializers.ChoiceField(roles.CHOICES)
    user = serializers.CharField(help_text="Id of the person.")


class AllClearSerializer(StrictSerializer):
    """A step of the all clear; `follow_up` belongs to the second."""

    step = serializers.ChoiceField(all_clear.STEPS)
    text = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    follow_up = serializers.BooleanField(required=False)
    recovered_at = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        if attrs["step"] == all_clear.IS_FIXED and "follow_up" not in attrs:
            raise serializers.ValidationError({"follow_up": ["Say whether a follow-up comes."]})
        return attrs


def service_by_reference(actor: Actor, reference: str) -> Service:
    """The service with this slug or id; Invalid at the field `service` when there is none to see."""
    try:
        if reference.startswith("srv_"):
            return catalog.service_by_public_id(actor, reference)
        return catalog.get_service(actor, reference)
    except NotFound as error:
        raise Invalid(fields={"service": [error.detail]}) from error


def valid(kind: type[StrictSerializer], request: Request, *, partial: bool = False) -> dict[str, Any]:
    """The checked body of a request; unknown and wrong fields are a 422 that names them."""
    serializer = kind(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
