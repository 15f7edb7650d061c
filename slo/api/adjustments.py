"""What corrections and maintenance windows share as API resources."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from portal.accounts.domain.actors import Actor
from portal.lib.api.serializers import StrictSerializer
from portal.lib.errors import Invalid
from slo.exceptions import SloNotFound
from slo.models import Slo
from slo.selectors import objectives


class SpanSerializer(StrictSerializer):
    """A span `[starts_at, ends_at)` that may come again by an RRULE (RFC 5545) in the local time of a zone."""

    service = serializers.CharField(source="service.slug", max_length=100, help_text="Slug or id of the service.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    rrule = serializers.CharField(
        max_length=300, required=False, allow_blank=True, help_text="For example FREQ=WEEKLY;BYDAY=SU. Empty for once."
    )
    zone = serializers.CharField(max_length=64, required=False, help_text="An IANA name; UTC unless it is given.")


class SpanQuerySerializer(serializers.Serializer[Any]):
    """What to look for."""

    service = serializers.CharField(required=False, help_text="The slug of a service.")


def slo_in_body(actor: Actor, facts: Mapping[str, Any]) -> Slo | None:
    """The SLO that a body names, if any; Invalid at the field `slo` otherwise."""
    reference = (facts.get("slo") or {}).get("public_id")
    if reference is None:
        return None
    try:
        return objectives.get_slo(actor, reference)
    except SloNotFound as error:
        raise Invalid(fields={"slo": [error.detail]}) from error
