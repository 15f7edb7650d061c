"""What the resources of this app share."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from rest_framework import serializers

from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.errors import Invalid, NotFound

PREFIX = "srv_"


class RatioField(serializers.FloatField):
    """A JSON number in and out, an exact decimal inside; its text is what the caller wrote."""

    def to_internal_value(self, data: Any) -> Any:
        super().to_internal_value(data)
        try:
            exact = Decimal(str(data))
        except InvalidOperation:
            self.fail("invalid")
        if not exact.is_finite():
            self.fail("invalid")
        return exact

    def to_representation(self, value: Any) -> Any:
        return float(value)


class CountField(serializers.FloatField):
    """A stored count as a JSON number, in what the method counts: `scale` of the context stored units are one of it."""

    def to_representation(self, value: Any) -> Any:
        scale = self.context.get("scale", 1)
        if scale == 1 and isinstance(value, int):
            return value
        return float(Fraction(value) / scale)


class SecondsField(serializers.FloatField):
    """A duration as a number of seconds."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return timedelta(seconds=super().to_internal_value(data))
        except (OverflowError, ValueError):
            self.fail("invalid")

    def to_representation(self, value: Any) -> Any:
        return float(value.total_seconds())


def service_in_path(actor: Actor, reference: str) -> Service:
    """The service that a URL names by id or slug; NotFound otherwise."""
    if reference.startswith(PREFIX):
        return catalog.service_by_public_id(actor, reference)
    return catalog.get_service(actor, reference)


def service_in_body(actor: Actor, reference: str) -> Service:
    """The service that a body names by id or slug; Invalid at the field `service` otherwise."""
    try:
        return service_in_path(actor, reference)
    except NotFound as error:
        raise Invalid(fields={"service": ["There is no such service, or you may not see it."]}) from error
