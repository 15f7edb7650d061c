"""Matchers in the API: a list of objects, or one line of text."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oncall.domain import matchers
from oncall.domain.matchers import BadMatchers, Matcher

SHAPE = {
    "oneOf": [
        {"type": "string", "description": 'One line, such as severity="critical", app=~"a|b".'},
        {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "value"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string"},
                    "op": {"type": "string", "enum": list(matchers.OPERATORS), "default": "="},
                    "value": {"type": "string"},
                },
            },
        },
    ]
}


@extend_schema_field(SHAPE)
class MatcherListField(serializers.Field[tuple[Matcher, ...], Any, Any, Any]):
    """Matchers; each fault is named."""

    def to_internal_value(self, data: Any) -> tuple[Matcher, ...]:
        """The matchers of a line or of objects."""
        try:
            return matchers.parse(data) if isinstance(data, str) else matchers.from_json(data)
        except BadMatchers as error:
            raise serializers.ValidationError(error.problems) from error

    def to_representation(self, value: Any) -> Any:
        """The objects that are stored."""
        return value
